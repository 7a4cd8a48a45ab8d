import { Injectable, Logger } from '@nestjs/common';
import { CachedResource } from '../../../shared/outbound/cached-resource.js';
import { OutboundError } from '../../../shared/outbound/outbound-request.js';
import { Clock } from '../../../shared/time/clock.js';
import type { OidcProvider } from './oauth-provider.js';
import { openidClient } from './openid-client.js';
import { ProviderNetwork } from './provider-network.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DISCOVERY = { ttlMs: HOUR_MS, maxStaleMs: 24 * HOUR_MS };
const JWKS = { ttlMs: 5 * MINUTE_MS, maxStaleMs: HOUR_MS };
/** A key id that is not in the set may mean that the set has changed; it is asked for again at most so often. */
const UNKNOWN_KID_COOLDOWN_MS = 30_000;

interface KnownProvider {
  readonly discovery: CachedResource<string>;
  jwks: { readonly url: string; readonly document: CachedResource<string> } | undefined;
}

/** The documents that an OpenID provider publishes: fetched by one request at a time, cached, stale while they cannot be fetched. */
@Injectable()
export class ProviderDocuments {
  private readonly logger = new Logger(ProviderDocuments.name);
  private readonly known = new Map<string, KnownProvider>();

  constructor(
    private readonly network: ProviderNetwork,
    private readonly clock: Clock,
  ) {}

  /** Its configuration document, which names the issuer that was asked for. @throws what openid-client throws, OutboundError */
  discovery(provider: OidcProvider): Promise<string> {
    return this.of(provider).discovery.need();
  }

  /** Its keys. @throws OutboundError */
  jwks(provider: OidcProvider, url: string): Promise<string> {
    return this.jwksOf(provider, url).need();
  }

  /** Its keys, fetched again where that was not tried just now. @throws OutboundError */
  async freshJwks(provider: OidcProvider, url: string): Promise<string> {
    const document = this.jwksOf(provider, url);
    return (await document.reload(UNKNOWN_KID_COOLDOWN_MS)) ?? document.need();
  }

  private of(provider: OidcProvider): KnownProvider {
    let known = this.known.get(provider.id);
    if (!known) {
      const discovery = this.resource(DISCOVERY, provider.issuer, () => this.loadDiscovery(provider));
      known = { discovery, jwks: undefined };
      this.known.set(provider.id, known);
    }
    return known;
  }

  private jwksOf(provider: OidcProvider, url: string): CachedResource<string> {
    const known = this.of(provider);
    if (known.jwks?.url !== url)
      known.jwks = { url, document: this.resource(JWKS, url, () => this.loadJwks(url)) };
    return known.jwks.document;
  }

  private resource(
    times: typeof DISCOVERY,
    name: string,
    load: () => Promise<string>,
  ): CachedResource<string> {
    return new CachedResource(load, times, this.clock, (error) =>
      this.logger.warn(`${name} cannot be had: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  /** openid-client asks and checks; what it accepted is kept as it was sent. */
  private async loadDiscovery({ issuer, clientId }: OidcProvider): Promise<string> {
    let text = '';
    await openidClient().discovery(new URL(issuer), clientId, undefined, undefined, {
      [openidClient().customFetch]: async (url, request) => {
        const response = await this.network.fetch(url, request);
        text = await response.clone().text();
        return response;
      },
      execute: this.network.clientExtensions,
    });
    return text;
  }

  private async loadJwks(url: string): Promise<string> {
    const response = await this.network.fetch(url, {
      headers: { accept: 'application/jwk-set+json, application/json' },
    });
    if (response.status !== 200) throw new OutboundError(`The JWK Set answered ${response.status}.`);
    const text = await response.text();
    if (!hasKeys(text)) throw new OutboundError('The answer is no JWK Set.');
    return text;
  }
}

function hasKeys(text: string): boolean {
  try {
    const value = JSON.parse(text) as { keys?: unknown } | null;
    return Array.isArray(value?.keys) && value.keys.length > 0;
  } catch {
    return false;
  }
}
