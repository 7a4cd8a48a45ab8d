import { Injectable } from '@nestjs/common';
import { randomToken } from '../../shared/crypto/random.js';
import { AuthError } from '../../shared/errors/auth-error.js';
import { Clock } from '../../shared/time/clock.js';
import {
  actorClaim,
  authenticationLevel,
  JwtSigner,
  JwtVerifier,
  type MintedPair,
  type MintRequest,
  MintsTokens,
  ResolvedCoreOptions,
  TokenMinter,
} from '../core/index.js';
import { RefreshTokenKeys } from './refresh-token-keys.js';

/** RFC 9068 section 2.1 */
export const ACCESS_TOKEN_TYPE = 'at+jwt';
export const REFRESH_TOKEN_TYPE = 'rt+jwt';

/** Seconds. What is behind a refresh token is read from the store, by the application's clock; here it is only sorted out. */
const REFRESH_TOLERANCE = 60;

/** Access tokens are JWTs under the published keys (RFC 9068); refresh tokens are JWTs of another type under keys that only Castellan has. */
@Injectable()
@MintsTokens(true)
export class JwtTokenMinter extends TokenMinter {
  readonly mode = 'stateless';
  private readonly accessSigner: JwtSigner;
  private readonly refreshKeys: RefreshTokenKeys;
  private readonly refreshVerifier: JwtVerifier;

  constructor(
    private readonly options: ResolvedCoreOptions,
    clock: Clock,
  ) {
    super();
    this.accessSigner = new JwtSigner(options.signingKeys.current);
    this.refreshKeys = new RefreshTokenKeys(options.secrets);
    this.refreshVerifier = new JwtVerifier(this.refreshKeys, clock);
  }

  override mint(request: MintRequest): MintedPair {
    const accessToken = this.accessSigner.sign(this.accessClaims(request), { typ: ACCESS_TOKEN_TYPE });
    const refreshToken = this.refreshKeys.signer.sign(this.refreshClaims(request), {
      typ: REFRESH_TOKEN_TYPE,
    });
    return { accessToken, accessTokenHash: null, refreshToken };
  }

  override acceptsRefreshToken(token: string): boolean {
    try {
      this.refreshVerifier.verify(token, {
        typ: REFRESH_TOKEN_TYPE,
        issuer: this.options.issuer,
        toleranceSeconds: REFRESH_TOLERANCE,
      });
      return true;
    } catch (error) {
      if (error instanceof AuthError) return false;
      throw error;
    }
  }

  private accessClaims({
    user,
    family,
    claims,
    issuedAt,
    accessExpiresAt,
  }: MintRequest): Record<string, unknown> {
    return {
      ...claims,
      iss: this.options.issuer,
      aud: [...this.options.issuedAudiences],
      sub: user.id,
      jti: randomToken(16),
      iat: seconds(issuedAt),
      exp: seconds(accessExpiresAt),
      sid: family.id,
      token_version: family.tokenVersion,
      auth_time: seconds(family.authenticatedAt),
      amr: [...family.methods],
      acr: authenticationLevel(family.methods),
      email_verified: user.emailVerified,
      ...actorClaim(family),
    };
  }

  private refreshClaims({
    user,
    family,
    pairId,
    issuedAt,
    refreshExpiresAt,
  }: MintRequest): Record<string, unknown> {
    return {
      iss: this.options.issuer,
      sub: user.id,
      jti: pairId,
      iat: seconds(issuedAt),
      exp: seconds(refreshExpiresAt),
      sid: family.id,
      // Unguessable even to who has the signing key: the next pair is sealed under this token.
      secret: randomToken(),
    };
  }
}

/** NumericDate (RFC 7519 section 2), in whole seconds. */
function seconds(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
