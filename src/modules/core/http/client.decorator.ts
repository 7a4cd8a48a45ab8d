import { createParamDecorator, type ExecutionContext, Injectable, type PipeTransform } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { ClientInfoReader } from './client-info.reader.js';
import { requestOf } from './execution-request.js';

@Injectable()
export class ClientInfoPipe implements PipeTransform<HttpRequest, ClientInfo> {
  constructor(private readonly clients: ClientInfoReader) {}

  transform(request: HttpRequest): ClientInfo {
    return this.clients.of(request);
  }
}

/** The request itself, of Express or Fastify. */
export const RawRequest = createParamDecorator((_data: unknown, context: ExecutionContext): HttpRequest =>
  requestOf(context),
);

/** Who sent the request (`ClientInfo`): address behind trusted proxies, user agent, request id. */
export const Client = (): ParameterDecorator => RawRequest(ClientInfoPipe);
