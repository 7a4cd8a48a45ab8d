import type { TokenPurpose } from '../../core/index.js';

/**
 * How the result of a sign-in reaches the client: the browser is sent on with a one-time code, a popup hands that code to its opener, or the answer
 * is the result itself.
 */
export const FLOW_MODES = ['redirect', 'popup', 'json'] as const;
export type FlowMode = (typeof FLOW_MODES)[number];

/** What is remembered while the user is at the provider. */
export interface OAuthFlow {
  readonly provider: string;
  readonly mode: FlowMode;
  /** Where the result goes; `null` in the mode `json`. */
  readonly redirectTo: string | null;
  /** Where the provider sends its answer. */
  readonly redirectUri: string;
  /** SHA-256 of the secret in the cookie of the browser that began. */
  readonly browser: string;
  /** Of the client's own PKCE (RFC 7636, S256): whoever takes the result has to show the verifier. */
  readonly codeChallenge: string | null;
  /** What a new account is to be called. */
  readonly username: string | null;
  readonly deviceName: string | null;
  /** The signed-in user whose account the provider's is linked to, as of then. */
  readonly link: { readonly userId: string; readonly tokenVersion: number } | null;
}

/** What only we and the provider may know. */
export interface FlowSecrets {
  readonly codeVerifier: string;
  readonly nonce: string;
}

declare module '../../core/token/token.js' {
  interface TokenPurposes {
    oauth_state: true;
    oauth_form: true;
    oauth_exchange: true;
  }
}

/** Lifetimes of the secrets of a flow, in milliseconds. */
export const FLOW_LIFETIMES_MS = {
  oauth_state: 10 * 60_000,
  oauth_form: 60_000,
  oauth_exchange: 60_000,
} as const satisfies Partial<Record<TokenPurpose, number>>;
