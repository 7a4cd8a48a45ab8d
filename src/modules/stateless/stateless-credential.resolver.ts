import { Injectable } from '@nestjs/common';
import { andThen } from '../../shared/at-once.js';
import { AuthError } from '../../shared/errors/auth-error.js';
import { Clock } from '../../shared/time/clock.js';
import {
  actorOfClaims,
  type Credential,
  CredentialResolver,
  JwtVerifier,
  LastUseRecorder,
  parseJwt,
  type Principal,
  type Resolution,
  ResolvedCoreOptions,
  ResolvesCredentials,
  type VerifiedClaims,
} from '../core/index.js';
import { Denylist } from './denylist.js';
import { ACCESS_TOKEN_TYPE } from './jwt-token-minter.js';

/** Access tokens whose signature is known to be good, some two kilobytes each. */
const REMEMBERED_TOKENS = 5_000;

/** Verifies access JWTs and asks the denylist; no query, as long as the denylist is fresh. */
@Injectable()
@ResolvesCredentials({ order: 100 })
export class StatelessCredentialResolver extends CredentialResolver {
  private readonly verifier: JwtVerifier;

  constructor(
    private readonly options: ResolvedCoreOptions,
    private readonly denylist: Denylist,
    private readonly uses: LastUseRecorder,
    clock: Clock,
  ) {
    super();
    this.verifier = new JwtVerifier(options.signingKeys, clock, { remember: REMEMBERED_TOKENS });
  }

  /** @throws core.unavailable where the denylist is stale and the store does not answer */
  override resolve({ token }: Credential): Resolution | Promise<Resolution> {
    const claims = this.verify(token);
    if (!claims) return { outcome: this.isOurs(token) ? 'refused' : 'not_mine' };
    const principal = principalOf(claims);
    const { sid, token_version: tokenVersion, claims_version: claimsVersion } = claims;
    if (
      !principal ||
      typeof sid !== 'string' ||
      typeof tokenVersion !== 'number' ||
      typeof claimsVersion !== 'number'
    )
      return { outcome: 'refused' };
    const reference = { sessionId: sid, userId: claims.sub, tokenVersion, claimsVersion };
    return andThen(this.denylist.isRevoked(reference), (revoked): Resolution => {
      if (revoked) return { outcome: 'refused' };
      this.uses.record(sid);
      return { outcome: 'resolved', principal };
    });
  }

  private verify(token: string): VerifiedClaims | null {
    const { issuer, expectedAudiences } = this.options;
    try {
      return this.verifier.verify(token, { typ: ACCESS_TOKEN_TYPE, issuer, audiences: expectedAudiences });
    } catch (error) {
      if (error instanceof AuthError) return null;
      throw error;
    }
  }

  /** A token that names another issuer is for another resolver. */
  private isOurs(token: string): boolean {
    return parseJwt(token)?.claims['iss'] === this.options.issuer;
  }
}

function principalOf(claims: VerifiedClaims): Principal | null {
  const { sub, sid, auth_time: authTime, amr, acr, email_verified: emailVerified } = claims;
  if (typeof sid !== 'string' || typeof authTime !== 'number') return null;
  const principal = {
    kind: 'user' as const,
    userId: sub,
    sessionId: sid,
    authenticatedAt: new Date(authTime * 1000),
    methods: Array.isArray(amr) ? amr.filter((method) => typeof method === 'string') : [],
    acr: typeof acr === 'string' ? acr : undefined,
    emailVerified: emailVerified === true,
    claims,
  };
  return claims['act'] === undefined ? principal : { ...principal, ...actorOfClaims(claims) };
}
