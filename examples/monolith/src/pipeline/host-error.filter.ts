import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  HttpStatus,
  Injectable,
  Logger,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { AuthError } from '../../../../src/index.js';

/** What the clients of this application have always been answered. */
export interface HostError {
  readonly ok: false;
  readonly error: { readonly status: number; readonly message: string; readonly code?: string };
}

/** The host's global filter. */
@Catch()
@Injectable()
export class HostErrorFilter implements ExceptionFilter<unknown> {
  private readonly logger = new Logger('Shop');

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(exception: unknown, host: ArgumentsHost): void {
    const error = describe(exception);
    if (error.status >= 500)
      this.logger.error(
        exception instanceof Error ? (exception.stack ?? exception.message) : String(exception),
      );
    this.adapterHost.httpAdapter.reply(
      host.switchToHttp().getResponse(),
      { ok: false, error } satisfies HostError,
      error.status,
    );
  }
}

function describe(exception: unknown): HostError['error'] {
  // What Castellan's services throw, where a controller of the host calls them.
  if (exception instanceof AuthError)
    return { status: exception.status, message: exception.title, code: exception.code };
  if (!(exception instanceof HttpException))
    return { status: HttpStatus.INTERNAL_SERVER_ERROR, message: 'Something went wrong.' };
  const body = exception.getResponse();
  if (typeof body === 'string') return { status: exception.getStatus(), message: body };
  // Castellan's guard throws an HttpException here, whose body is a problem document with a `code`.
  const code = 'code' in body && typeof body.code === 'string' ? body.code : undefined;
  const message = 'message' in body ? [body.message].flat().join('; ') : exception.message;
  return { status: exception.getStatus(), message, ...(code === undefined ? {} : { code }) };
}
