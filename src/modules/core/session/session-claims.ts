import { Injectable } from '@nestjs/common';
import { TokenClaims } from '../login/claims.js';
import type { SessionCheck } from './session.js';
import { SessionRepository } from './session.repository.js';

/** The claims of a session that is looked up, as they are now. */
@Injectable()
export class SessionClaims {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly claims: TokenClaims,
  ) {}

  /**
   * Those that it was minted with; no statement. Where the account's claims have changed since, they are collected anew, as at a refresh, and kept.
   * @throws what a contributor throws
   */
  async current({
    session,
    family,
    user,
    account,
  }: SessionCheck): Promise<Readonly<Record<string, unknown>>> {
    if (session.claims['claims_version'] === user.claimsVersion) return session.claims;
    const claims = await this.claims.collect({
      user: account(),
      sessionId: family.id,
      previous: session.claims,
      requested: {},
    });
    await this.sessions.replaceClaims(session.id, claims);
    return claims;
  }
}
