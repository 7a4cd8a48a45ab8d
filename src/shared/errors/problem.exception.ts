import { HttpException } from '@nestjs/common';
import type { AuthError } from './auth-error.js';
import { toProblem, type ProblemDetails } from './problem.js';

/**
 * An AuthError as an HttpException whose body is the problem document. Guards throw it on routes of a host, where our
 * filter is not bound and the host's own filters know HttpException alone.
 */
export class ProblemException extends HttpException {
  readonly error: AuthError;
  readonly problem: ProblemDetails;
  /** What a GraphQL server puts beside the message of an error. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(error: AuthError, requestId?: string) {
    const problem = toProblem(error, requestId);
    super(problem, error.status, { cause: error });
    this.error = error;
    this.problem = problem;
    this.extensions = problem;
    this.message = error.message;
  }
}
