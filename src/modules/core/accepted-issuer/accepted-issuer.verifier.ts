import { AuthError } from '../../../shared/errors/auth-error.js';
import type { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { hasValidSignature } from '../keys/compact-jws.js';
import { hasAudience, isCurrent, kidOf, parseJwt } from '../keys/jwt.js';
import { parsePublicKeys } from '../keys/key-parsing.js';
import type { AcceptedAlgorithm, AcceptedIssuer, AcceptedIssuerOptions } from './accepted-issuer.options.js';
import { RemoteJwks } from './remote-jwks.js';

const MINUTE_MS = 60_000;

/** Claims of a third-party issuer's token that has been verified. */
export interface ExternalClaims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly iat: number;
  readonly [name: string]: unknown;
}

interface KnownIssuer {
  readonly audiences: readonly string[];
  readonly keys: RemoteJwks;
}

/** Verifies JWTs of third-party issuers (RFC 7519, RFC 8725). Nothing in a token decides where keys come from. */
export class AcceptedIssuerVerifier {
  private readonly issuers: ReadonlyMap<string, KnownIssuer>;
  private readonly algorithms: readonly string[];
  private readonly skewSeconds: number;

  /** @throws Error for an issuer without audiences, or one whose JWK Set is not at an https URL */
  constructor(
    options: AcceptedIssuerOptions,
    private readonly clock: Clock,
  ) {
    this.algorithms = options.algorithms ?? (['RS256'] satisfies AcceptedAlgorithm[]);
    this.skewSeconds = Math.min(options.skewSeconds ?? 60, 60);
    this.issuers = new Map(
      options.issuers.map((issuer) => [issuer.issuer, known(issuer, options.allowInsecure === true, clock)]),
    );
  }

  /** Whether a token claims to be of an accepted issuer; nothing of it has been verified. */
  claimsAcceptedIssuer(token: string): boolean {
    const issuer = parseJwt(token)?.claims['iss'];
    return typeof issuer === 'string' && this.issuers.has(issuer);
  }

  /** @throws AuthError `core.invalid_token`, whatever the reason */
  async verify(token: string): Promise<ExternalClaims> {
    const claims = await this.check(token);
    if (!claims) throw new AuthError(CoreErrors.invalid_token);
    return claims;
  }

  private async check(token: string): Promise<ExternalClaims | undefined> {
    const parsed = parseJwt(token);
    const issuer =
      typeof parsed?.claims['iss'] === 'string' ? this.issuers.get(parsed.claims['iss']) : undefined;
    if (!parsed || !issuer) return undefined;
    const { header, claims } = parsed;
    const kid = kidOf(header);
    if (header['kid'] !== undefined && kid === undefined) return undefined;
    if (typeof header['alg'] !== 'string' || !this.algorithms.includes(header['alg'])) return undefined;
    if (typeof claims['sub'] !== 'string' || !hasAudience(claims['aud'], issuer.audiences)) return undefined;
    if (!isCurrent(claims, this.clock.now().getTime() / 1000, this.skewSeconds)) return undefined;
    const key = await issuer.keys.find(kid);
    if (
      !key ||
      key.algorithm !== header['alg'] ||
      !hasValidSignature(token, key.algorithm, key.verificationKey)
    )
      return undefined;
    return claims as ExternalClaims;
  }
}

function known(issuer: AcceptedIssuer, allowInsecure: boolean, clock: Clock): KnownIssuer {
  const url = issuer.jwksUrl ?? `${issuer.issuer.replace(/\/+$/, '')}/.well-known/jwks.json`;
  if (issuer.audiences.length === 0)
    throw new Error(`acceptedIssuers: ${issuer.issuer} needs at least one audience.`);
  if (!url.startsWith('https://') && !(allowInsecure && url.startsWith('http://'))) {
    throw new Error(`acceptedIssuers: the JWK Set of ${issuer.issuer} has to be at an https URL.`);
  }
  return {
    audiences: issuer.audiences,
    keys: new RemoteJwks(
      {
        url,
        pinned: issuer.pinnedKeys ? parsePublicKeys(issuer.pinnedKeys) : [],
        cacheTtlMs: issuer.cacheTtlMs ?? 5 * MINUTE_MS,
        maxStaleMs: issuer.maxStaleMs ?? 60 * MINUTE_MS,
      },
      clock,
    ),
  };
}
