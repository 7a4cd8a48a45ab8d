import { Injectable, Logger } from '@nestjs/common';
import type * as client from 'openid-client';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { Clock } from '../../../shared/time/clock.js';
import { OAuthErrors } from '../oauth.errors.js';
import type { OAuthProvider, OidcProvider, ProviderClaims } from './oauth-provider.js';
import { openidClient } from './openid-client.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { providerFailure, reasonOf } from './provider-failure.js';
import { ProviderNetwork } from './provider-network.js';
import { type CleanProfile, type ProviderProfile, readProfile } from './provider-profile.js';

export interface AuthorizationRequest {
  readonly redirectUri: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** Where the provider sent the browser, with what it was sent there for. */
export interface AuthorizationAnswer extends AuthorizationRequest {
  readonly state: string;
  /** The parameters of the answer. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Tokens of a provider, in clear. */
export interface ProviderTokenSet {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly idToken: string | null;
  readonly tokenType: string;
  readonly scopes: readonly string[];
  readonly expiresAt: Date | null;
}

/** A user whom the provider has told apart. */
export interface ProviderSignIn {
  readonly profile: CleanProfile;
  /** `null` for plain OAuth 2.0. */
  readonly issuer: string | null;
  readonly tokens: ProviderTokenSet;
}

/** Talks to providers through openid-client: authorization code with PKCE, nonce, `iss` and ID token checks. */
@Injectable()
export class ProviderClient {
  private readonly logger = new Logger('OAuth');

  constructor(
    private readonly configurations: ProviderConfigurations,
    private readonly network: ProviderNetwork,
    private readonly clock: Clock,
  ) {}

  /** Where the browser has to go; the state is still to be added. @throws oauth.provider_unavailable … */
  authorizationUrl(provider: OAuthProvider, request: AuthorizationRequest): Promise<URL> {
    return this.guarded(provider, async () => {
      const config = await this.configurations.forRequest(provider);
      return openidClient().buildAuthorizationUrl(config, {
        ...provider.authorizationParameters,
        scope: provider.scopes.join(' '),
        redirect_uri: request.redirectUri,
        code_challenge: await openidClient().calculatePKCECodeChallenge(request.codeVerifier),
        code_challenge_method: 'S256',
        ...(provider.kind === 'oidc' ? { nonce: request.nonce } : {}),
        ...(provider.formPost ? { response_mode: 'form_post' } : {}),
      });
    });
  }

  /** @throws oauth.access_denied, oauth.invalid_grant, oauth.identity_rejected, oauth.provider_unavailable … */
  redeem(provider: OAuthProvider, answer: AuthorizationAnswer): Promise<ProviderSignIn> {
    return this.guarded(provider, async () => {
      // Before the tokens are fetched: a code is good once.
      const config = await this.configurations.forTokens(provider);
      const { state: expectedState, codeVerifier: pkceCodeVerifier, nonce } = answer;
      const isOidc = provider.kind === 'oidc';
      const response = await openidClient().authorizationCodeGrant(config, urlOf(provider, answer), {
        expectedState,
        pkceCodeVerifier,
        ...(isOidc ? { expectedNonce: nonce, idTokenExpected: true } : {}),
      });
      const tokens = this.tokenSet(provider.scopes, response);
      if (!isOidc) {
        const profile = await provider.fetchProfile((url) => this.network.getJson(url, tokens.accessToken));
        return { profile: accepted(profile), issuer: null, tokens };
      }
      const claims = await this.claimsOf(provider, config, response);
      provider.assertAccepted?.(claims);
      return { profile: accepted(provider.profileOf(claims, answer.parameters)), issuer: claims.iss, tokens };
    });
  }

  /** @throws oauth.invalid_grant where the provider takes the refresh token no more, oauth.provider_unavailable … */
  refresh(
    provider: OAuthProvider,
    refreshToken: string,
    scopes: readonly string[],
  ): Promise<ProviderTokenSet> {
    return this.guarded(provider, async () => {
      const config = await this.configurations.forTokens(provider);
      return this.tokenSet(scopes, await openidClient().refreshTokenGrant(config, refreshToken));
    });
  }

  private async claimsOf(
    provider: OidcProvider,
    config: client.Configuration,
    response: Awaited<ReturnType<typeof client.authorizationCodeGrant>>,
  ): Promise<ProviderClaims> {
    const idToken = response.claims();
    assertThat(idToken, OAuthErrors.identity_rejected);
    const endpoint = config.serverMetadata().userinfo_endpoint;
    if (provider.userInfo === false || endpoint === undefined) return idToken;
    const { email_verified: verified, ...told } = await openidClient().fetchUserInfo(
      config,
      response.access_token,
      idToken.sub,
    );
    // An address counts as verified only by the document that it stands in.
    const emails = idToken['email'] === undefined ? { email_verified: verified } : {};
    return { ...told, ...idToken, ...emails };
  }

  /** `scopes`: what was asked for, where the provider does not say what it gave (RFC 6749 section 5.1). */
  private tokenSet(scopes: readonly string[], response: client.TokenEndpointResponse): ProviderTokenSet {
    const { access_token, refresh_token, id_token, token_type, scope, expires_in } = response;
    const lifeMs = expires_in === undefined ? null : Math.min(expires_in, 315_360_000) * 1000;
    return {
      accessToken: access_token,
      refreshToken: refresh_token ?? null,
      idToken: id_token ?? null,
      tokenType: token_type.slice(0, 32),
      scopes: scope === undefined ? scopes : scope.split(/[\s,]+/).filter((each) => each !== ''),
      expiresAt: lifeMs === null ? null : new Date(this.clock.now().getTime() + lifeMs),
    };
  }

  private async guarded<T>(provider: OAuthProvider, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const failure = providerFailure(error);
      if (!failure.is(OAuthErrors.access_denied))
        this.logger.warn(`${provider.id}: ${failure.code}: ${reasonOf(error)}`);
      throw failure;
    }
  }
}

function accepted(profile: ProviderProfile): CleanProfile {
  const clean = readProfile(profile);
  assertThat(clean, OAuthErrors.identity_rejected);
  return clean;
}

/** The address that the provider called, as it must have been. Plain OAuth 2.0 has no issuer that `iss` (RFC 9207) could be compared with. */
function urlOf({ kind }: OAuthProvider, { redirectUri, parameters }: AuthorizationAnswer): URL {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(parameters))
    if (name !== 'iss' || kind === 'oidc') url.searchParams.set(name, value);
  return url;
}
