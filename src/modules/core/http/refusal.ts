import { type ExecutionContext, SetMetadata } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { ProblemException } from '../../../shared/errors/problem.exception.js';
import { requestIdOf } from '../../../shared/http/request-id.js';
import { type HttpResponse, setHeader } from '../../../shared/http/response.js';
import { requestOf } from './execution-request.js';

const LIBRARY_ROUTES = 'castellan:library-routes';

/** Marks a controller whose filter knows AuthError. */
export const LibraryRoutes = (): ClassDecorator => SetMetadata(LIBRARY_ROUTES, true);

export function isLibraryRoute(context: ExecutionContext): boolean {
  return Reflect.getMetadata(LIBRARY_ROUTES, context.getClass()) === true;
}

/** What a guard throws: the error itself on our own routes, on those of a host an HttpException that every filter understands. */
export function refusalFor(context: ExecutionContext, error: unknown): unknown {
  if (!(error instanceof AuthError) || isLibraryRoute(context)) return error;
  if (context.getType() === 'http') setHeaders(context.switchToHttp().getResponse<HttpResponse>(), error);
  return new ProblemException(error, requestIdOf(requestOf(context)));
}

/** A host's filter sets none of those. */
function setHeaders(response: HttpResponse, error: AuthError): void {
  // RFC 9110 section 15.5.2
  if (error.status === 401) setHeader(response, 'WWW-Authenticate', 'Bearer');
  if (error.retryAfterSeconds !== undefined)
    setHeader(response, 'Retry-After', String(Math.ceil(error.retryAfterSeconds)));
}
