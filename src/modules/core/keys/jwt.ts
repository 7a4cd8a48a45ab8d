import { AuthError } from '../../../shared/errors/auth-error.js';
import { parseStrictObject } from '../../../shared/http/strict-json.js';
import type { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { hasValidSignature, signCompact } from './compact-jws.js';
import type { ParsedJwt } from './parsed-jwt.js';
import { isKeyId, type SigningKey } from './signing-keys.js';
import { VerifiedTokens } from './verified-tokens.js';

const MAX_TOKEN_LENGTH = 8 * 1024;
/** Seconds. */
const MAX_TOLERANCE = 60;

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

/** Splits and decodes a compact JWS strictly: three parts of base64url in its one spelling, objects without duplicate names, no `crit` (RFC 7515 section 4.1.11). */
export function parseJwt(token: string): ParsedJwt | undefined {
  if (typeof token !== 'string' || token.length > MAX_TOKEN_LENGTH) return undefined;
  const parts = token.split('.', 4);
  const [head, body, signature] = parts.map(decodeSegment);
  if (parts.length !== 3 || !head || !body || !signature) return undefined;
  const header = parseStrictObject(head.toString('utf8'));
  const claims = parseStrictObject(body.toString('utf8'));
  if (!header || !claims || header['crit'] !== undefined) return undefined;
  return { header, claims };
}

/** Node reads base64url leniently: with padding, foreign characters and loose last bits. */
function decodeSegment(segment: string): Buffer | undefined {
  const bytes = Buffer.from(segment, 'base64url');
  return bytes.length > 0 && bytes.toString('base64url') === segment ? bytes : undefined;
}

/** `kid` of a header, if it is one that could be looked up. */
export function kidOf(header: Readonly<Record<string, unknown>>): string | undefined {
  const { kid } = header;
  return isKeyId(kid) ? kid : undefined;
}

/** Verifies JWTs without a query: keys are looked up by `kid`, and the algorithm is the key's own, never the token's (RFC 8725 section 3.1). */
export class JwtVerifier {
  private readonly verified: VerifiedTokens;

  /** Where the same tokens come again and again, `remember` is how many good signatures are kept at most. */
  constructor(
    private readonly keys: VerificationKeys,
    private readonly clock: Clock,
    { remember = 0 }: { readonly remember?: number } = {},
  ) {
    this.verified = new VerifiedTokens(remember);
  }

  /** @throws AuthError `core.invalid_token`, whatever the reason, which is in its `cause` alone */
  verify(token: string, expected: JwtExpectation): VerifiedClaims {
    const result = this.check(token, expected);
    if (typeof result === 'string') throw new AuthError(CoreErrors.invalid_token, { cause: result });
    return result;
  }

  /** The claims, or why they are not believed. */
  private check(token: string, expected: JwtExpectation): VerifiedClaims | string {
    const known = this.verified.get(token);
    const parsed = known?.jwt ?? parseJwt(token);
    if (!parsed) return 'It is not a well-formed JWT.';
    const { header, claims } = parsed;
    if (typeOf(header) !== expected.typ) return 'The type is another.';
    const kid = kidOf(header);
    const key = kid === undefined ? undefined : this.keys.find(kid);
    if (!key || header['alg'] !== key.algorithm)
      return 'The key is not known, or not used with this algorithm.';
    if (known?.key !== key.verificationKey && !this.isSigned(token, parsed, key))
      return 'The signature is wrong.';
    return this.faultOf(claims, expected) ?? (claims as VerifiedClaims);
  }

  private isSigned(
    token: string,
    parsed: ParsedJwt,
    { algorithm, verificationKey }: Pick<SigningKey, 'algorithm' | 'verificationKey'>,
  ): boolean {
    const signed = hasValidSignature(token, algorithm, verificationKey);
    if (signed) this.verified.add(token, verificationKey, parsed);
    return signed;
  }

  private faultOf(claims: ParsedJwt['claims'], expected: JwtExpectation): string | undefined {
    const { issuer, audiences, toleranceSeconds = 5 } = expected;
    if (claims['iss'] !== issuer) return 'The issuer is another.';
    if (!isText(claims['sub']) || !isText(claims['jti'])) return '`sub` or `jti` is missing.';
    if (audiences && !hasAudience(claims['aud'], audiences)) return 'The audience is another.';
    const now = this.clock.now().getTime() / 1000;
    return isCurrent(claims, now, Math.min(toleranceSeconds, MAX_TOLERANCE))
      ? undefined
      : 'It is not valid now.';
  }
}

/** Whether a claim is a text that says something. */
export function isText(claim: unknown): claim is string {
  return typeof claim === 'string' && claim !== '';
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
