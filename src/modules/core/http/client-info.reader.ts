import { Injectable } from '@nestjs/common';
import { TrustedProxies } from '../../../shared/http/client-address.js';
import { type ClientActor, type ClientInfo, clientInfo } from '../../../shared/http/client-info.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { Principal } from '../extension/principal.js';
import { principalOf } from './request-principal.js';

/** Who sent a request, with the configured proxies in mind. */
@Injectable()
export class ClientInfoReader {
  private readonly proxies: TrustedProxies;

  constructor(options: ResolvedCoreOptions) {
    this.proxies = new TrustedProxies(options.trustedProxies);
  }

  of(request: HttpRequest): ClientInfo {
    const principal = principalOf(request);
    const client = clientInfo(request, this.proxies);
    return principal?.kind === 'user' ? { ...client, actor: actorOf(principal) } : client;
  }
}

function actorOf({ userId, actor }: Principal): ClientActor {
  return actor ? { id: userId, impersonatorId: actor.userId } : { id: userId };
}
