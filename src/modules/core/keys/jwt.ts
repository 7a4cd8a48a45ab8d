import { AuthError } from '../../../shared/errors/auth-error.js';
import type { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { hasValidSignature, signCompact } from './compact-jws.js';
import type { SigningKey } from './signing-keys.js';
import { parseStrictObject } from './strict-json.js';

const MAX_TOKEN_LENGTH = 8 * 1024;
const MAX_KID_LENGTH = 128;
const SEGMENT = /^[A-Za-z0-9_-]+$/;

/** Claims that have been checked for form: registered ones have their types (RFC 7519 section 4.1). */
export interface VerifiedClaims {
  readonly iss: string;
  readonly sub: string;
  readonly exp: number;
  readonly iat: number;
  readonly jti: string;
  readonly [name: string]: unknown;
}

/** What a token has to be. */
export interface JwtExpectation {
  /** Media type without `application/` (RFC 8725 section 3.11), e.g. `at+jwt`. */
  readonly typ: string;
  readonly issuer: string;
  /** One of these has to be in `aud`; none: `aud` is not looked at. */
  readonly audiences?: readonly string[];
  /** Seconds that clocks may differ, at most 60. @default 5 */
  readonly toleranceSeconds?: number;
}

/** Looks up keys by `kid`: `SigningKeys`, or the key ring of refresh tokens. */
export interface VerificationKeys {
  find(kid: string): Pick<SigningKey, 'algorithm' | 'verificationKey'> | undefined;
}

/** Signs JWTs with one key. */
export class JwtSigner {
  constructor(private readonly key: Pick<SigningKey, 'kid' | 'algorithm' | 'privateKey'>) {}

  sign(claims: Readonly<Record<string, unknown>>, options: { readonly typ: string }): string {
    const { kid, algorithm, privateKey } = this.key;
    if (!privateKey) throw new Error('This key only verifies.');
    return signCompact(claims, { typ: options.typ, kid }, algorithm, privateKey);
  }
}

/** A header, claims and signature that hang together, with nothing believed yet. */
export interface ParsedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Splits and decodes a compact JWS strictly: three parts of base64url, objects without duplicate names, no `crit` (RFC 7515 section 4.1.11). */
export function parseJwt(token: string): ParsedJwt | undefined {
  if (token.length > MAX_TOKEN_LENGTH) return undefined;
  const parts = token.split('.');
  const [head, body] = parts;
  if (
    parts.length !== 3 ||
    head === undefined ||
    body === undefined ||
    !parts.every((part) => SEGMENT.test(part))
  )
    return undefined;
  const header = parseStrictObject(Buffer.from(head, 'base64url').toString('utf8'));
  const claims = parseStrictObject(Buffer.from(body, 'base64url').toString('utf8'));
  if (!header || !claims || header['crit'] !== undefined) return undefined;
  return { header, claims };
}

/** `kid` of a header, if it is one that could be looked up. */
export function kidOf(header: Readonly<Record<string, unknown>>): string | undefined {
  const { kid } = header;
  return typeof kid === 'string' && kid.length > 0 && kid.length <= MAX_KID_LENGTH ? kid : undefined;
}

/** Verifies JWTs without a query: keys are looked up by `kid`, and the algorithm is the key's own, never the token's (RFC 8725 section 3.1). */
export class JwtVerifier {
  constructor(
    private readonly keys: VerificationKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws AuthError `core.invalid_token`, whatever the reason */
  verify(token: string, expected: JwtExpectation): VerifiedClaims {
    const claims = this.check(token, expected);
    if (!claims) throw new AuthError(CoreErrors.invalid_token);
    return claims;
  }

  private check(token: string, expected: JwtExpectation): VerifiedClaims | undefined {
    const parsed = parseJwt(token);
    if (!parsed || typeOf(parsed.header) !== expected.typ) return undefined;
    const kid = kidOf(parsed.header);
    const key = kid === undefined ? undefined : this.keys.find(kid);
    if (!key || parsed.header['alg'] !== key.algorithm) return undefined;
    if (!hasValidSignature(token, key.algorithm, key.verificationKey)) return undefined;
    const { claims } = parsed;
    if (
      typeof claims['sub'] !== 'string' ||
      typeof claims['jti'] !== 'string' ||
      claims['iss'] !== expected.issuer
    )
      return undefined;
    if (expected.audiences && !hasAudience(claims['aud'], expected.audiences)) return undefined;
    if (!isCurrent(claims, this.clock.now().getTime() / 1000, Math.min(expected.toleranceSeconds ?? 5, 60)))
      return undefined;
    return claims as VerifiedClaims;
  }
}

/** Media types compare without case, and without the prefix (RFC 7515 section 4.1.9). */
function typeOf(header: Readonly<Record<string, unknown>>): string | undefined {
  const { typ } = header;
  return typeof typ === 'string' ? typ.toLowerCase().replace(/^application\//, '') : undefined;
}

/** Whether `aud` (RFC 7519 section 4.1.3) names one of the audiences. */
export function hasAudience(aud: unknown, audiences: readonly string[]): boolean {
  const named: unknown[] = Array.isArray(aud) ? aud : [aud];
  return named.every((one) => typeof one === 'string') && named.some((one) => audiences.includes(one));
}

/** Whether `exp`, `iat` and `nbf` (RFC 7519 section 4.1) allow the token now; `exp` and `iat` are required. Seconds. */
export function isCurrent(
  claims: Readonly<Record<string, unknown>>,
  now: number,
  tolerance: number,
): boolean {
  const { exp, iat, nbf } = claims;
  if (typeof exp !== 'number' || !Number.isFinite(exp) || exp <= now - tolerance) return false;
  if (typeof iat !== 'number' || !Number.isFinite(iat) || iat > now + tolerance) return false;
  return nbf === undefined || (typeof nbf === 'number' && nbf <= now + tolerance);
}
