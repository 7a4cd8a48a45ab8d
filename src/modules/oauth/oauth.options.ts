import type { OutboundPolicy, OutboundRequest } from '../../shared/outbound/outbound-request.js';
import type { OAuthProvider } from './provider/oauth-provider.js';

/** Makes one request; must not follow redirects, and has to be bounded in time and size. */
export type OutboundFetch = (url: string, request: OutboundRequest) => Promise<Response>;

export interface OAuthOptions {
  /** @default none */
  readonly providers?: readonly OAuthProvider[];
  /** Where requests to providers may go; plain http and private addresses are for development, and for a provider of your own network. @default both false */
  readonly outbound?: Partial<OutboundPolicy>;
  /** Makes requests to providers in place of the module, through a proxy say; `outbound` is its business then. */
  readonly fetch?: OutboundFetch;
}

/** Options with every default filled in, validated. This class is the DI token. */
export abstract class ResolvedOAuthOptions {
  abstract readonly providers: readonly OAuthProvider[];
  abstract readonly outbound: OutboundPolicy;
  abstract readonly fetch: OutboundFetch | null;
}

/** Fits the routes and the column. */
const PROVIDER_ID = /^[a-z][a-z0-9-]{0,31}$/;

/** @throws Error that names the provider and what is wrong with it */
export function resolveOAuthOptions({
  providers = [],
  outbound = {},
  fetch,
}: OAuthOptions = {}): ResolvedOAuthOptions {
  const policy = { allowHttp: false, allowPrivateAddresses: false, ...outbound };
  for (const provider of providers) assertProvider(provider, policy);
  const ids = providers.map(({ id }) => id);
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) throw new Error(`oauth: the provider ${twice} is given twice.`);
  return Object.freeze({ providers: [...providers], outbound: policy, fetch: fetch ?? null });
}

function assertProvider(provider: OAuthProvider, { allowHttp }: OutboundPolicy): void {
  const { id, clientId, scopes } = provider;
  if (!PROVIDER_ID.test(id))
    throw new Error(`oauth: a provider's id has 1 to 32 of a-z, 0-9 and -, not "${id}".`);
  if (clientId === '') throw new Error(`oauth: ${id} needs a client id.`);
  if (provider.kind === 'oidc' && !scopes.includes('openid'))
    throw new Error(`oauth: the scopes of ${id} have to include openid.`);
  const urls =
    provider.kind === 'oidc' ? [provider.issuer] : [provider.authorizationEndpoint, provider.tokenEndpoint];
  for (const url of urls) {
    const protocol = URL.canParse(url) ? new URL(url).protocol : '';
    if (protocol === 'https:' || (allowHttp && protocol === 'http:')) continue;
    throw new Error(`oauth: ${id} has to be at https (or set outbound.allowHttp, for development).`);
  }
}
