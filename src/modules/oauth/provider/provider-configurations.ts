import { Injectable } from '@nestjs/common';
import type * as client from 'openid-client';
import { Clock } from '../../../shared/time/clock.js';
import type { OAuthProvider, OidcProvider } from './oauth-provider.js';
import { openidClient } from './openid-client.js';
import { ProviderDocuments } from './provider-documents.js';
import { ProviderNetwork } from './provider-network.js';

/** openid-client fetches the keys again for an unknown `kid` only where its copy is at least so old (seconds). */
const LOOKS_AGAIN_AFTER = 61;
const JSON_ANSWER = { headers: { 'content-type': 'application/json' } };

/** Sets openid-client up for a provider, from the documents that are cached here. */
@Injectable()
export class ProviderConfigurations {
  constructor(
    private readonly documents: ProviderDocuments,
    private readonly network: ProviderNetwork,
    private readonly clock: Clock,
  ) {}

  /** For the authorization request, which needs no keys. */
  async forRequest(provider: OAuthProvider): Promise<client.Configuration> {
    return provider.kind === 'oidc' ? this.discovered(provider) : this.declared(provider);
  }

  /** For the token endpoint: ID tokens are checked to the signature, though they come straight from the provider. */
  async forTokens(provider: OAuthProvider): Promise<client.Configuration> {
    const config = await this.forRequest(provider);
    if (provider.kind === 'oidc') await this.useKeys(config, provider);
    return config;
  }

  private async discovered(provider: OidcProvider): Promise<client.Configuration> {
    const text = await this.documents.discovery(provider);
    const config = await openidClient().discovery(
      new URL(provider.issuer),
      provider.clientId,
      this.metadata(),
      authenticationOf(provider, this.clock.now()),
      {
        [openidClient().customFetch]: () => Promise.resolve(new Response(text, JSON_ANSWER)),
        execute: this.network.clientExtensions,
      },
    );
    config[openidClient().customFetch] = (url, request) => this.network.fetch(url, request);
    return config;
  }

  private declared(provider: Exclude<OAuthProvider, OidcProvider>): client.Configuration {
    const server = {
      // Required by the client, and compared with nothing: see `ProviderClient.redeem`.
      issuer: new URL(provider.authorizationEndpoint).origin,
      authorization_endpoint: provider.authorizationEndpoint,
      token_endpoint: provider.tokenEndpoint,
    };
    const authentication = authenticationOf(provider, this.clock.now());
    const config = new (openidClient().Configuration)(
      server,
      provider.clientId,
      this.metadata(),
      authentication,
    );
    config[openidClient().customFetch] = async (url, request) =>
      withErrorStatus(await this.network.fetch(url, request));
    for (const extend of this.network.clientExtensions) extend(config);
    return config;
  }

  private async useKeys(config: client.Configuration, provider: OidcProvider): Promise<void> {
    openidClient().enableNonRepudiationChecks(config);
    const { jwks_uri: url } = config.serverMetadata();
    if (url === undefined) return;
    const jwks = JSON.parse(await this.documents.jwks(provider, url)) as client.ExportedJWKSCache['jwks'];
    // Old enough for a look at the provider where a key is missing, which the cache then bounds.
    openidClient().setJwksCache(config, { jwks, uat: Math.floor(Date.now() / 1000) - LOOKS_AGAIN_AFTER });
    config[openidClient().customFetch] = async (target, request) =>
      target === url
        ? new Response(await this.documents.freshJwks(provider, url), JSON_ANSWER)
        : this.network.fetch(target, request);
  }

  /** The application's clock decides what has expired. */
  private metadata(): Partial<client.ClientMetadata> {
    return { [openidClient().clockSkew]: Math.round((this.clock.now().getTime() - Date.now()) / 1000) };
  }
}

function authenticationOf(provider: OAuthProvider, now: Date): client.ClientAuth {
  const { clientSecret, clientAuthentication } = provider;
  if (clientSecret === null) return openidClient().None();
  const secret = typeof clientSecret === 'string' ? clientSecret : clientSecret(now);
  const basic = openidClient().ClientSecretBasic(secret);
  const post = openidClient().ClientSecretPost(secret);
  if (clientAuthentication !== undefined) return clientAuthentication === 'client_secret_post' ? post : basic;
  return (server, metadata, body, headers) => {
    // RFC 8414 section 2: `client_secret_basic` where the provider does not say.
    const supported = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    (supported.includes('client_secret_basic') ? basic : post)(server, metadata, body, headers);
  };
}

/** GitHub answers 200 to a refusal. RFC 6749 section 5.2 has 400. */
async function withErrorStatus(response: Response): Promise<Response> {
  if (response.status !== 200) return response;
  const text = await response.text();
  const refused = /^\s*\{/.test(text) && isRefusal(text);
  return new Response(text, { status: refused ? 400 : 200, headers: response.headers });
}

function isRefusal(text: string): boolean {
  try {
    const { error, access_token: token } = JSON.parse(text) as { error?: unknown; access_token?: unknown };
    return typeof error === 'string' && token === undefined;
  } catch {
    return false;
  }
}
