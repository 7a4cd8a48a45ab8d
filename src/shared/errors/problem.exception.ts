import { HttpException } from '@nestjs/common';
import type { AuthError } from './auth-error.js';
import { toProblem, type ProblemDetails } from './problem.js';

/**
 * An AuthError as an HttpException whose body is the problem document. Guards throw it on routes of a host, where our
 * filter is not bound and the host's own filters know HttpException alone.
 */
export class ProblemException extends HttpException {
  readonly error: AuthError;

  constructor(error: AuthError, requestId?: string) {
    super(toProblem(error, requestId), error.status, { cause: error });
    this.error = error;
    this.message = error.message;
  }

  get problem(): ProblemDetails {
    return toProblem(this.error);
  }
}
