import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import { refusalFor } from './refusal.js';
import { requestOf } from './execution-request.js';

const JSON_TYPE = /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i;

/** Bodies are `application/json` in UTF-8, or refused with 415: a form of another site cannot send that. Requests without a body pass. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = requestOf(context);
    if (!hasBody(request) || JSON_TYPE.test(headerOf(request, 'content-type') ?? '')) return true;
    throw refusalFor(context, new AuthError(GeneralErrors.unsupported_media_type));
  }
}

/** RFC 9112 section 6.3 */
function hasBody(request: HttpRequest): boolean {
  const length = headerOf(request, 'content-length');
  return (
    headerOf(request, 'transfer-encoding') !== undefined || (length !== undefined && length.trim() !== '0')
  );
}
