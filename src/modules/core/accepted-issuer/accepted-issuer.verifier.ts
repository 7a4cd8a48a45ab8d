import { AuthError } from '../../../shared/errors/auth-error.js';
import type { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { hasValidSignature } from '../keys/compact-jws.js';
import { hasAudience, isCurrent, isText, kidOf, parseJwt } from '../keys/jwt.js';
import type { ParsedJwt } from '../keys/parsed-jwt.js';
import { parsePublicKeys } from '../keys/key-parsing.js';
import type { SigningKey } from '../keys/signing-keys.js';
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

  /** @throws Error for an issuer that is given twice or without audiences, whose JWK Set is not at an https URL, or whose pinned keys cannot be read */
  constructor(
    options: AcceptedIssuerOptions,
    private readonly clock: Clock,
  ) {
    this.algorithms = options.algorithms ?? (['RS256'] satisfies AcceptedAlgorithm[]);
    this.skewSeconds = Math.min(options.skewSeconds ?? 60, 60);
    this.issuers = new Map(
      options.issuers.map((issuer) => [issuer.issuer, known(issuer, options.allowInsecure === true, clock)]),
    );
    if (this.issuers.size !== options.issuers.length)
      throw new Error('acceptedIssuers: an issuer is given twice.');
  }

  /** Whether a token claims to be of an accepted issuer; nothing of it has been verified. */
  claimsAcceptedIssuer(token: string): boolean {
    const issuer = parseJwt(token)?.claims['iss'];
    return typeof issuer === 'string' && this.issuers.has(issuer);
  }

  /** @throws AuthError `core.invalid_token`, whatever the reason, which is in its `cause` alone */
  async verify(token: string): Promise<ExternalClaims> {
    const result = await this.check(token);
    if (typeof result === 'string') throw new AuthError(CoreErrors.invalid_token, { cause: result });
    return result;
  }

  /** The claims, or why they are not believed. Whatever needs no key comes first, so that keys are fetched for plausible tokens alone. */
  private async check(token: string): Promise<ExternalClaims | string> {
    const parsed = parseJwt(token);
    if (!parsed) return 'It is not a well-formed JWT.';
    const { header, claims } = parsed;
    const issuer = isText(claims['iss']) ? this.issuers.get(claims['iss']) : undefined;
    if (!issuer) return 'The issuer is not accepted.';
    const fault = this.faultOf(parsed, issuer);
    if (fault !== undefined) return fault;
    const key = await issuer.keys.find(kidOf(header));
    if (!key || key.algorithm !== header['alg'])
      return 'The key is not known, or not used with this algorithm.';
    return hasValidSignature(token, key.algorithm, key.verificationKey)
      ? (claims as ExternalClaims)
      : 'The signature is wrong.';
  }

  private faultOf({ header, claims }: ParsedJwt, issuer: KnownIssuer): string | undefined {
    if (header['kid'] !== undefined && kidOf(header) === undefined) return 'The key id is malformed.';
    if (!isText(header['alg']) || !this.algorithms.includes(header['alg']))
      return 'The algorithm is not accepted.';
    if (!isText(claims['sub'])) return '`sub` is missing.';
    if (!hasAudience(claims['aud'], issuer.audiences)) return 'The audience is another.';
    const now = this.clock.now().getTime() / 1000;
    return isCurrent(claims, now, this.skewSeconds) ? undefined : 'It is not valid now.';
  }
}

function known(issuer: AcceptedIssuer, allowInsecure: boolean, clock: Clock): KnownIssuer {
  if (issuer.audiences.length === 0)
    throw new Error(`acceptedIssuers: ${issuer.issuer} needs at least one audience.`);
  return {
    audiences: issuer.audiences,
    keys: new RemoteJwks(
      {
        url: jwksUrlOf(issuer, allowInsecure),
        pinned: pinnedKeysOf(issuer),
        cacheTtlMs: issuer.cacheTtlMs ?? 5 * MINUTE_MS,
        maxStaleMs: issuer.maxStaleMs ?? 60 * MINUTE_MS,
      },
      clock,
    ),
  };
}

function jwksUrlOf({ issuer, jwksUrl }: AcceptedIssuer, allowInsecure: boolean): string {
  const url = jwksUrl ?? `${issuer.replace(/\/+$/, '')}/.well-known/jwks.json`;
  const protocol = URL.canParse(url) ? new URL(url).protocol : undefined;
  if (protocol === 'https:' || (allowInsecure && protocol === 'http:')) return url;
  throw new Error(`acceptedIssuers: the JWK Set of ${issuer} has to be at an https URL.`);
}

function pinnedKeysOf({ issuer, pinnedKeys }: AcceptedIssuer): SigningKey[] {
  try {
    return pinnedKeys ? parsePublicKeys(pinnedKeys) : [];
  } catch (error) {
    throw new Error(
      `acceptedIssuers: the pinned keys of ${issuer}: ${error instanceof Error ? error.message : 'not valid'}.`,
      { cause: error },
    );
  }
}
