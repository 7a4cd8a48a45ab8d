import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { SessionRefreshed } from '../core.events.js';
import type { Authenticated } from '../login/sign-in-result.js';
import { LastUseRecorder } from './last-use.js';
import { sealPair } from './sealed-pair.js';
import type { SessionState } from './session.js';
import { SessionRepository } from './session.repository.js';
import { SessionTokens } from './session-tokens.js';

/** Replaces a pair of tokens by the next. */
@Injectable()
export class SessionRotation {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly tokens: SessionTokens,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly uses: LastUseRecorder,
  ) {}

  /**
   * The next pair is made first and lies, sealed under the presented token, in the row of the one that it replaces. `null`: another refresh was first,
   * or the session has ended meanwhile.
   */
  async rotate(
    state: SessionState,
    refreshToken: string,
    requested: Readonly<Record<string, unknown>>,
    client: ClientInfo,
  ): Promise<Authenticated | null> {
    const { session: predecessor, family, user } = state;
    const { record: successor, issued } = await this.tokens.next(state, requested, client);
    const now = issued.issuedAt;
    const sealedAnswer = sealPair(issued, refreshToken, predecessor.id);
    const refreshed = new SessionRefreshed(user.id, family.id, client, now);
    const rotate = async (): Promise<boolean> => {
      const rotated = await this.sessions.rotate({
        predecessorId: predecessor.id,
        familyId: family.id,
        successor,
        sealedAnswer,
        now,
      });
      if (rotated) await this.events.emit(refreshed);
      return rotated;
    };
    // One statement is a transaction by itself.
    const won = await (this.events.isHeardInTransaction(refreshed)
      ? this.transactions.run(rotate)
      : rotate());
    if (!won) return null;
    this.uses.record(family.id, family.lastUsedAt);
    return { status: 'authenticated', user, ...issued };
  }
}
