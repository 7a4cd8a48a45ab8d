import { Injectable } from '@nestjs/common';
import type * as client from 'openid-client';
import {
  OutboundError,
  type OutboundRequest,
  requestOutbound,
} from '../../../shared/outbound/outbound-request.js';
import { ResolvedOAuthOptions } from '../oauth.options.js';
import { openidClient } from './openid-client.js';

/** Every request to a provider goes out here. */
@Injectable()
export class ProviderNetwork {
  constructor(private readonly options: ResolvedOAuthOptions) {}

  /** What openid-client is told about its requests. Its own function, which discovery looks for by identity. */
  get clientExtensions(): ((config: client.Configuration) => void)[] {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to stand out; the operator has asked for it.
    return this.options.outbound.allowHttp ? [openidClient().allowInsecureRequests] : [];
  }

  /** @throws OutboundError */
  async fetch(url: string, request: OutboundRequest | client.CustomFetchOptions): Promise<Response> {
    const { method, headers, signal } = request;
    const outgoing = { method, headers, signal, body: bodyOf(request.body) };
    return this.options.fetch
      ? this.options.fetch(url, outgoing)
      : requestOutbound(url, outgoing, this.options.outbound);
  }

  /** JSON of a provider's API; `null` where it is not there or may not be seen. @throws OutboundError */
  async getJson(url: string, accessToken: string): Promise<unknown> {
    const response = await this.fetch(url, {
      headers: { accept: 'application/json', authorization: `Bearer ${accessToken}` },
    });
    if (response.status === 403 || response.status === 404) return null;
    if (response.status !== 200)
      throw new OutboundError(`${new URL(url).origin} answered ${response.status}.`);
    return await response.json();
  }
}

function bodyOf(body: client.FetchBody | OutboundRequest['body']): OutboundRequest['body'] {
  if (body === undefined || body === null || typeof body === 'string') return body;
  if (body instanceof URLSearchParams || body instanceof Uint8Array) return body;
  throw new TypeError('The body of a request to a provider is a form or a text.');
}
