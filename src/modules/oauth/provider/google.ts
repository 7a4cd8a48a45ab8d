import { standardProfile } from './claims.js';
import type { OidcProvider } from './oauth-provider.js';

export interface GoogleOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** @default ['openid', 'email', 'profile'] */
  readonly scopes?: readonly string[];
  /** Accounts of this Google Workspace domain alone. */
  readonly hostedDomain?: string;
  /** Asks for a refresh token, with which `ProviderTokens` goes on when the user is away. @default false */
  readonly offline?: boolean;
}

/** Google. Register the callback as a redirect URI of a web application. */
export function google({
  clientId,
  clientSecret,
  scopes = ['openid', 'email', 'profile'],
  hostedDomain,
  offline = false,
}: GoogleOptions): OidcProvider {
  return {
    kind: 'oidc',
    id: 'google',
    name: 'Google',
    issuer: 'https://accounts.google.com',
    clientId,
    clientSecret,
    scopes,
    // The ID token has it all.
    userInfo: false,
    authorizationParameters: {
      ...(hostedDomain === undefined ? {} : { hd: hostedDomain }),
      // Google gives a refresh token with the first consent alone, unless it asks again.
      ...(offline ? { access_type: 'offline', prompt: 'consent' } : {}),
    },
    profileOf: standardProfile,
    assertAccepted: (claims) => {
      // The parameter is a hint to Google's page; only the claim is a promise.
      if (hostedDomain !== undefined && claims['hd'] !== hostedDomain)
        throw new Error('The account is not of the hosted domain.');
    },
  };
}
