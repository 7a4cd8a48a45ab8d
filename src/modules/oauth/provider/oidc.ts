import { standardProfile } from './claims.js';
import type { OidcProvider } from './oauth-provider.js';
import type { ClientSecret } from './oauth-provider.js';

export interface OidcOptions {
  readonly id: string;
  /** @default id */
  readonly name?: string;
  readonly issuer: string;
  readonly clientId: string;
  /** @default null: a public client */
  readonly clientSecret?: ClientSecret | null;
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** @default ['openid', 'email', 'profile'] */
  readonly scopes?: readonly string[];
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  readonly formPost?: boolean;
  /**
   * Believes every address that the provider tells, `email_verified` or not. Only for a provider of your own, whose users cannot choose their
   * address: whoever can gets the accounts of others here. @default false
   */
  readonly trustEmails?: boolean;
}

/** Any OpenID provider, by discovery. */
export function oidc({ trustEmails = false, ...options }: OidcOptions): OidcProvider {
  return {
    scopes: ['openid', 'email', 'profile'],
    clientSecret: null,
    ...options,
    name: options.name ?? options.id,
    kind: 'oidc',
    profileOf: (claims) => {
      const profile = standardProfile(claims);
      return trustEmails ? { ...profile, emailVerified: true } : profile;
    },
  };
}
