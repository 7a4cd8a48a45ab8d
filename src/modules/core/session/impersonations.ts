import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { SessionsRevoked } from '../core.events.js';
import { AccountCheck } from '../login/account-check.js';
import type { Authenticated } from '../login/sign-in-result.js';
import { UserAdministrationRepository } from '../user/user-administration.repository.js';
import type { UserRecord } from '../user/user.js';
import { ImpersonationRepository } from './impersonation.repository.js';
import { SessionRepository } from './session.repository.js';
import { type Impersonator, SessionTokens } from './session-tokens.js';

/** The longest that anybody is impersonated. */
export const LONGEST_IMPERSONATION_MS = 60 * 60_000;

/** Sessions in which an administrator acts as somebody else. Whoever may start one is its caller's business. */
@Injectable()
export class Impersonations {
  constructor(
    private readonly tokens: SessionTokens,
    private readonly sessions: SessionRepository,
    private readonly impersonations: ImpersonationRepository,
    private readonly users: UserAdministrationRepository,
    private readonly accounts: AccountCheck,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Outside of transactions; past every login gate. The session ends after `ttlMs`, an hour at most, and never later than the administrator's own. It cannot be
   * refreshed, and counts as no login of the user. `announce` runs in the transaction.
   * @throws core.unauthenticated where the administrator's session has ended, core.forbidden for a super admin, core.account_banned …
   */
  async start(
    target: UserRecord,
    by: Impersonator,
    ttlMs: number,
    client: ClientInfo,
    announce: (issued: Authenticated) => Promise<void>,
  ): Promise<Authenticated> {
    this.assertAllowed(target);
    const own = await this.sessions.findFamily(by.sessionId);
    assertThat(own?.userId === by.userId, GeneralErrors.unauthenticated);
    const end = this.clock.now().getTime() + Math.min(ttlMs, LONGEST_IMPERSONATION_MS);
    const expiresAt = new Date(Math.min(end, own.expiresAt.getTime()));
    const { family, record, issued } = await this.tokens.impersonation(target, by, expiresAt, client);
    return this.transactions.run(async () => {
      const user = await this.users.lock(target.id);
      assertThat(user?.tokenVersion === target.tokenVersion, CoreErrors.user_not_found);
      this.assertAllowed(user);
      assertThat(
        await this.impersonations.holdSession(by.sessionId, issued.issuedAt),
        GeneralErrors.unauthenticated,
      );
      await this.sessions.start(family, record);
      const result: Authenticated = { status: 'authenticated', user, ...issued };
      await announce(result);
      return result;
    });
  }

  /** Whoever signs out, or is signed out, acts as nobody else any more either. */
  @OnAuthEvent(SessionsRevoked, { phase: 'transaction' })
  async onSessionsRevoked({ userId, sessionIds, all, client, occurredAt }: SessionsRevoked): Promise<void> {
    if (!all && sessionIds.length === 0) return;
    const ended = await this.impersonations.end(
      { impersonatorId: userId, sessionIds: all ? null : sessionIds, kept: all?.kept ?? null },
      occurredAt,
    );
    for (const { sessionId, userId: impersonated } of ended)
      await this.events.emit(
        new SessionsRevoked(impersonated, [sessionId], 'impersonation_ended', null, client, occurredAt),
      );
  }

  private assertAllowed(user: UserRecord): void {
    assertThat(!user.isSuperAdmin, GeneralErrors.forbidden);
    this.accounts.assertMayAct(user);
  }
}
