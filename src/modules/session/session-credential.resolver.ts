import { Injectable } from '@nestjs/common';
import { sha256 } from '../../shared/crypto/random.js';
import {
  AccountCheck,
  actorClaim,
  actorOfClaims,
  authenticationLevel,
  type Credential,
  CredentialResolver,
  LastUseRecorder,
  type Principal,
  PrincipalUsers,
  type Resolution,
  ResolvesCredentials,
  SessionClaims,
  SessionLiveness,
  SessionRepository,
  type SessionState,
} from '../core/index.js';
import { isOpaqueToken } from './opaque-token-minter.js';
import { SessionCache } from './session-cache.js';

/**
 * Looks an access token up, with its session and its account, in one query: what ended a session or an account, or changed what its tokens say, counts on
 * the next request. Where checks are cached, one that is known needs no query.
 */
@Injectable()
@ResolvesCredentials({ order: 100 })
export class SessionCredentialResolver extends CredentialResolver {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly liveness: SessionLiveness,
    private readonly accounts: AccountCheck,
    private readonly uses: LastUseRecorder,
    private readonly users: PrincipalUsers,
    private readonly claims: SessionClaims,
    private readonly cache: SessionCache,
  ) {
    super();
  }

  override async resolve({ token }: Credential): Promise<Resolution> {
    if (!isOpaqueToken(token)) return { outcome: 'not_mine' };
    const hash = sha256(token);
    const cached = this.cache.get(hash, (state) => this.isGood(state));
    // The account is not remembered: it counts for this check, and whoever wants more of it reads it.
    if (cached) return this.resolved(cached, principalOf(cached, cached.session.claims));
    const ticket = this.cache.ticket();
    const state = await this.sessions.findByAccessToken(hash);
    if (!state || !this.isGood(state)) return { outcome: 'refused' };
    const claims = await this.claims.current(state);
    if (claims === state.session.claims) this.cache.put(hash, state, ticket);
    const principal = principalOf(state, claims);
    this.users.remember(principal, state.user);
    return this.resolved(state, principal);
  }

  private resolved({ family }: SessionState, principal: Principal): Resolution {
    this.uses.record(family.id, family.lastUsedAt);
    return { outcome: 'resolved', principal };
  }

  private isGood(state: SessionState): boolean {
    return this.liveness.accepts(state) && this.accounts.mayAct(state.user);
  }
}

function principalOf(state: SessionState, claims: Principal['claims']): Principal {
  const { family, user } = state;
  let all: Principal['claims'] | undefined;
  return {
    kind: 'user',
    userId: user.id,
    sessionId: family.id,
    authenticatedAt: family.authenticatedAt,
    methods: family.methods,
    acr: authenticationLevel(family.methods),
    emailVerified: user.emailVerified,
    ...actorOfClaims(actorClaim(family)),
    // Few routes look at them.
    get claims() {
      return (all ??= claimsOf(state, claims));
    },
  };
}

/** As an access token of the stateless mode has them. */
function claimsOf({ session, family, user }: SessionState, claims: Principal['claims']): Principal['claims'] {
  return {
    ...claims,
    ...actorClaim(family),
    sub: user.id,
    sid: family.id,
    token_version: family.tokenVersion,
    auth_time: secondsOf(family.authenticatedAt),
    amr: family.methods,
    acr: authenticationLevel(family.methods),
    email_verified: user.emailVerified,
    iat: secondsOf(session.createdAt),
    exp: secondsOf(session.expiresAt),
  };
}

function secondsOf(instant: Date): number {
  return Math.floor(instant.getTime() / 1000);
}
