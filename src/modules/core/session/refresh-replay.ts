import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { RefreshTokenReused, SessionsRevoked } from '../core.events.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { Authenticated } from '../login/sign-in-result.js';
import { unsealPair } from './sealed-pair.js';
import type { RefreshState, SessionFamilyRecord, SessionState } from './session.js';
import { SessionRepository } from './session.repository.js';

/** Answers a refresh token that has been replaced: with the successor that its row holds, or by ending the session (RFC 9700 section 4.14.2). */
@Injectable()
export class RefreshReplay {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * A token that had been replaced when it came in: its successor within the grace, unless that has been replaced too. All else is reuse.
   * @throws core.refresh_token_reused, core.invalid_refresh_token
   */
  async answer(state: RefreshState, refreshToken: string, client: ClientInfo): Promise<Authenticated> {
    if (this.mayRepeat(state)) return this.successor(state, refreshToken);
    await this.endFamily(state.family, client);
    throw new AuthError(CoreErrors.refresh_token_reused);
  }

  /**
   * A token that was replaced while this refresh was under way: the same answer, and where there is none a refusal that ends nothing, since two
   * requests at once are no theft.
   * @throws core.invalid_refresh_token
   */
  answerLoser(state: RefreshState, refreshToken: string): Authenticated {
    if (this.mayRepeat(state)) return this.successor(state, refreshToken);
    throw new AuthError(CoreErrors.invalid_refresh_token);
  }

  private mayRepeat({ session: { replacedAt }, successorIsCurrent }: RefreshState): boolean {
    if (replacedAt === null || !successorIsCurrent) return false;
    const graceEnd = replacedAt.getTime() + this.options.session.refreshGraceMs;
    return this.clock.now().getTime() < graceEnd;
  }

  private successor({ session, user }: SessionState, refreshToken: string): Authenticated {
    const issued =
      session.sealedAnswer === null ? null : unsealPair(session.sealedAnswer, refreshToken, session.id);
    if (!issued) throw new AuthError(CoreErrors.invalid_refresh_token);
    return { status: 'authenticated', user, ...issued };
  }

  /** Committed before the refusal is thrown; of many replays one ends the session, and one event says so. */
  private async endFamily(family: SessionFamilyRecord, client: ClientInfo): Promise<void> {
    const now = this.clock.now();
    await this.transactions.run(async () => {
      const ended = await this.sessions.revoke(family.id, 'refresh_reuse_detected', now);
      if (!ended) return;
      await this.events.emit(
        new SessionsRevoked(family.userId, [family.id], 'refresh_reuse_detected', null, client, now),
      );
      await this.events.emit(new RefreshTokenReused(family.userId, family.id, client, now));
    });
  }
}
