import { Injectable } from '@nestjs/common';
import { TrustedProxies } from '../../../shared/http/client-address.js';
import { type ClientInfo, clientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { ResolvedCoreOptions } from '../core.options.js';

/** Who sent a request, with the configured proxies in mind. */
@Injectable()
export class ClientInfoReader {
  private readonly proxies: TrustedProxies;

  constructor(options: ResolvedCoreOptions) {
    this.proxies = new TrustedProxies(options.trustedProxies);
  }

  of(request: HttpRequest): ClientInfo {
    return clientInfo(request, this.proxies);
  }
}
