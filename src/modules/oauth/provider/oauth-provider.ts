import type { ProviderProfile } from './provider-profile.js';

/** The client's secret, or what makes one that is good at the time. */
export type ClientSecret = string | ((now: Date) => string);

interface ProviderDeclaration {
  /** Names the provider in routes, rows and the environment: 1 to 32 of `a-z0-9-`, beginning with a letter. Never change it. */
  readonly id: string;
  /** For buttons. */
  readonly name: string;
  readonly clientId: string;
  /** `null`: a public client, which has PKCE alone. */
  readonly clientSecret: ClientSecret | null;
  /** How the secret is sent to the token endpoint. @default what the provider supports, `client_secret_basic` first */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  readonly scopes: readonly string[];
  /** More parameters of the authorization request, e.g. `{ prompt: 'select_account' }`. */
  readonly authorizationParameters?: Readonly<Record<string, string>>;
  /** The provider answers by a form that the browser posts (OAuth 2.0 Form Post Response Mode). @default false */
  readonly formPost?: boolean;
}

/** Claims of an ID token that has been verified, with those of the userinfo endpoint beneath. */
export type ProviderClaims = Readonly<Record<string, unknown>> & {
  readonly iss: string;
  readonly sub: string;
};

/** An OpenID provider: found by its issuer, known by its ID token. */
export interface OidcProvider extends ProviderDeclaration {
  readonly kind: 'oidc';
  /** Exactly as the provider's configuration document has it. */
  readonly issuer: string;
  /** Whether the userinfo endpoint is asked, too. @default true */
  readonly userInfo?: boolean;
  /** `form` is what came with the answer outside of the ID token: unsigned, so good for a name and nothing else. */
  profileOf(claims: ProviderClaims, form: Readonly<Record<string, string>>): ProviderProfile;
  /** Refuses tokens that are properly signed and still not wanted, those of other tenants say, by throwing. */
  assertAccepted?(claims: ProviderClaims): void;
}

/** Asks the provider's API with the user's access token. The value is JSON, unverified in form. */
export type ProviderApi = (url: string) => Promise<unknown>;

/** A provider of plain OAuth 2.0: who the user is has to be asked. */
export interface OAuth2Provider extends ProviderDeclaration {
  readonly kind: 'oauth2';
  readonly authorizationEndpoint: string;
  readonly tokenEndpoint: string;
  fetchProfile(api: ProviderApi): Promise<ProviderProfile>;
}

/** One provider, in one declaration. */
export type OAuthProvider = OidcProvider | OAuth2Provider;
