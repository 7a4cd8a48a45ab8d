import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { AuthError, type ErrorDefinition } from './auth-error.js';
import { GeneralErrors } from './general.errors.js';
import { ProblemException } from './problem.exception.js';

/** Turns an error of a foreign source, such as a database driver, into one of ours; `undefined` where it knows nothing of it. */
export type ErrorTranslator = (error: unknown) => AuthError | undefined;

/** What an error of unknown origin is to the client. An error that nobody recognises is `core.internal`, with the cause for the log. */
export function toAuthError(error: unknown, translate?: ErrorTranslator): AuthError {
  return (
    ownError(error) ??
    translate?.(error) ??
    frameworkError(error) ??
    new AuthError(GeneralErrors.internal, { cause: error })
  );
}

/** Also the one that Nest wrapped in an HttpException, because it was thrown in middleware. */
function ownError(error: unknown): AuthError | undefined {
  if (error instanceof AuthError) return error;
  if (error instanceof ProblemException) return error.error;
  if (error instanceof HttpException && error.cause instanceof AuthError) return error.cause;
  return undefined;
}

function frameworkError(error: unknown): AuthError | undefined {
  const status = error instanceof HttpException ? error.getStatus() : statusOfParserError(error);
  if (status === undefined || status < 400) return undefined;
  const origin = error instanceof HttpException && error.cause !== undefined ? error.cause : error;
  return new AuthError(definitionOf(status, origin), { cause: error });
}

/**
 * The status of an error of Express, body-parser or Fastify. A `status` alone says nothing: the answer that an HTTP client
 * got from somewhere else carries one too.
 */
function statusOfParserError(error: unknown): number | undefined {
  if (!(error instanceof Error)) return undefined;
  const { statusCode, status, expose, code } = error as Partial<Record<string, unknown>> & Error;
  const number = statusCode ?? status;
  if (typeof number !== 'number' || !Number.isInteger(number) || number >= 500) return undefined;
  const fromExpress = typeof expose === 'boolean';
  const fromFastify = typeof code === 'string' && code.startsWith('FST_');
  const parse = error instanceof SyntaxError || error instanceof URIError;
  return fromExpress || fromFastify || parse ? number : undefined;
}

const BY_STATUS: Readonly<Record<number, ErrorDefinition>> = {
  401: GeneralErrors.unauthenticated,
  403: GeneralErrors.forbidden,
  404: GeneralErrors.not_found,
  405: GeneralErrors.method_not_allowed,
  413: GeneralErrors.payload_too_large,
  415: GeneralErrors.unsupported_media_type,
  429: GeneralErrors.rate_limited,
  503: GeneralErrors.unavailable,
};

function definitionOf(status: number, origin: unknown): ErrorDefinition {
  if (status === 400)
    return isParseError(origin) ? GeneralErrors.malformed_json : GeneralErrors.validation_failed;
  const known = BY_STATUS[status];
  if (known) return known;
  if (status >= 500) return GeneralErrors.internal;
  return { code: `core.http_${status}`, status, title: STATUS_CODES[status] ?? 'The request was refused' };
}

function isParseError(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof Error)) return false;
  const { type, code } = error as Partial<Record<string, unknown>> & Error;
  return (
    type === 'entity.parse.failed' ||
    (typeof code === 'string' &&
      (code.startsWith('FST_ERR_CTP_EMPTY_JSON') || code === 'FST_ERR_CTP_INVALID_JSON_BODY'))
  );
}
