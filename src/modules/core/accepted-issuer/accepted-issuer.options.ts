export type AcceptedAlgorithm = 'RS256' | 'ES256' | 'EdDSA';

/** One third-party issuer whose JWTs are accepted. */
export interface AcceptedIssuer {
  /** Compared exactly with `iss`. */
  readonly issuer: string;
  /** A token needs one of these in `aud`. */
  readonly audiences: readonly string[];
  /** @default `<issuer>/.well-known/jwks.json` */
  readonly jwksUrl?: string;
  /** Public keys (PEM or JWK) that serve while the JWK Set cannot be had: the one that a token names, or the only one if it has no name of its own. */
  readonly pinnedKeys?: string;
  /** How long a fetched JWK Set is fresh. @default 5 min */
  readonly cacheTtlMs?: number;
  /** How much longer it serves while it cannot be fetched. @default 1 h */
  readonly maxStaleMs?: number;
}

export interface AcceptedIssuerOptions {
  readonly issuers: readonly AcceptedIssuer[];
  /** @default ['RS256'] */
  readonly algorithms?: readonly AcceptedAlgorithm[];
  /** Seconds that clocks may differ, at most 60. @default 60 */
  readonly skewSeconds?: number;
  /** Allows JWK Sets over plain http: for development. @default false */
  readonly allowInsecure?: boolean;
}
