import type { AuthError, FieldError } from './auth-error.js';

/** The media type of every error. */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** RFC 9457, with `code` and `errors` as extension members. */
export interface ProblemDetails {
  /** `urn:castellan:error:<code>`: an identifier, not an address. */
  type: string;
  title: string;
  /** Equals the HTTP status. */
  status: number;
  detail?: string;
  /** `urn:uuid:<request id>`. */
  instance?: string;
  /** Stable, dotted by module. */
  code: string;
  /** Where validation failed. */
  errors?: FieldError[];
  [extension: string]: unknown;
}

/** The document that a client gets. Nothing of the error's stack or cause is in it. */
export function toProblem(error: AuthError, requestId?: string): ProblemDetails {
  return {
    ...error.extra,
    type: `urn:castellan:error:${error.code}`,
    title: error.title,
    status: error.status,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(requestId === undefined ? {} : { instance: `urn:uuid:${requestId}` }),
    code: error.code,
    ...(error.fields === undefined ? {} : { errors: error.fields }),
  };
}
