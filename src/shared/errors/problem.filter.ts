import { inspect } from 'node:util';
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { type Observable, throwError } from 'rxjs';
import type { HttpRequest } from '../http/request.js';
import { requestIdOf } from '../http/request-id.js';
import { type HttpResponse, setHeader, setStatus } from '../http/response.js';
import { AuthError } from './auth-error.js';
import { type ErrorTranslator, toAuthError } from './error-translation.js';
import { ProblemException } from './problem.exception.js';
import { PROBLEM_MEDIA_TYPE, type ProblemDetails, toProblem } from './problem.js';

/**
 * Bound to the library's own controllers: our errors become problem documents, all others stay the host's business. A host binds it to its gateways and
 * message handlers (`@UseFilters(ProblemFilter)`), where Nest's own filters say no more than that something went wrong: a socket gets the event `exception`
 * with the document, a caller of another service gets it as the error. GraphQL needs no filter.
 */
@Injectable()
@Catch(AuthError, ProblemException)
export class ProblemFilter implements ExceptionFilter<AuthError | ProblemException> {
  constructor(@Inject(HttpAdapterHost) private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: AuthError | ProblemException, host: ArgumentsHost): void | Observable<never> {
    switch (host.getType<string>()) {
      case 'http':
        return answerProblem(this.adapterHost, host, toAuthError(exception));
      case 'ws':
        return emitProblem(host.switchToWs().getClient<SocketClient>(), problemOf(exception));
      case 'rpc':
        return throwError(() => problemOf(exception));
      default:
        throw exception;
    }
  }
}

/**
 * For an application that is Castellan's alone: whatever is thrown becomes a problem document, Nest's, Express's and
 * Fastify's own errors too. What nobody recognises is a 500 that says nothing and a line in the log with the request id.
 */
@Catch()
export class AllProblemsFilter implements ExceptionFilter<unknown> {
  constructor(
    private readonly adapterHost: HttpAdapterHost,
    /** For the errors of the database. */
    private readonly translate?: ErrorTranslator,
  ) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw exception;
    answerProblem(this.adapterHost, host, toAuthError(exception, this.translate));
  }
}

/**
 * Fastify's `frameworkErrors` option, `new FastifyAdapter({ frameworkErrors: answerFrameworkError })`: what Fastify refuses before
 * there is a route, such as a path that is not percent-encoded properly, reaches no filter of Nest.
 */
export function answerFrameworkError(
  error: unknown,
  request: { readonly raw?: object },
  reply: HttpResponse & { readonly send: (...payload: never[]) => unknown },
): void {
  const known = toAuthError(error);
  const requestId = requestIdOf(request);
  if (known.status >= 500) logFault(known, requestId);
  setHeaders(reply, known);
  setStatus(reply, known.status);
  // What Fastify's `send` takes depends on type parameters that are not known here.
  Reflect.apply(reply.send, reply, [toProblem(known, requestId)]);
}

/** A socket of `ws`, or of Socket.IO. */
interface SocketClient {
  readonly readyState?: unknown;
  send(data: string): void;
  emit(event: string, data: ProblemDetails): void;
}

/** As Nest's own filter does, which tells the two apart by the number. */
function emitProblem(client: SocketClient, problem: ProblemDetails): void {
  if (typeof client.readyState === 'number')
    client.send(JSON.stringify({ event: 'exception', data: problem }));
  else client.emit('exception', problem);
}

function problemOf(exception: AuthError | ProblemException): ProblemDetails {
  return exception instanceof ProblemException ? exception.problem : toProblem(exception);
}

const logger = new Logger('Castellan');

function answerProblem(adapterHost: HttpAdapterHost, host: ArgumentsHost, error: AuthError): void {
  const http = host.switchToHttp();
  const response = http.getResponse<HttpResponse>();
  const requestId = requestIdOf(http.getRequest<HttpRequest>());
  if (error.status >= 500) logFault(error, requestId);
  const adapter = adapterHost.httpAdapter;
  if (adapter.isHeadersSent(response)) {
    adapter.end(response);
    return;
  }
  setHeaders(response, error);
  adapter.reply(response, toProblem(error, requestId), error.status);
}

function setHeaders(response: HttpResponse, error: AuthError): void {
  setHeader(response, 'Content-Type', PROBLEM_MEDIA_TYPE);
  setHeader(response, 'Cache-Control', 'no-store');
  // RFC 9110 section 15.5.2: a 401 names at least one challenge.
  if (error.status === 401) setHeader(response, 'WWW-Authenticate', 'Bearer');
  if (error.retryAfterSeconds !== undefined) {
    setHeader(response, 'Retry-After', String(Math.max(0, Math.ceil(error.retryAfterSeconds))));
  }
}

function logFault(error: AuthError, requestId: string): void {
  const cause = error.cause ?? error;
  const [name, stack] = cause instanceof Error ? [cause.name, cause.stack] : [typeof cause, inspect(cause)];
  logger.error(`${error.code} (${name}) in request ${requestId}`, stack);
}
