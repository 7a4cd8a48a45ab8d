import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../core.errors.js';
import { SessionCreated, SessionsRevoked } from '../core.events.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { AccountCheck } from '../login/account-check.js';
import type { Authenticated } from '../login/sign-in-result.js';
import type { SessionFamilyRecord } from './session.js';
import { SessionRepository } from './session.repository.js';
import type { PreparedPair } from './session-tokens.js';

/** Stores a new session, if its account is still what it was when the proof was checked. */
@Injectable()
export class SessionStart {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountCheck,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * A ban, a deletion and their like raise the token version; a proof of the address that was taken back does not, and is judged by the account as it is now.
   * @throws core.invalid_credentials where the token version has grown, and what `AccountCheck` throws
   */
  commit({ family, record, issued }: PreparedPair, client: ClientInfo): Promise<Authenticated> {
    const now = issued.issuedAt;
    const { maxPerUser } = this.options.session;
    const created = new SessionCreated(family.userId, family.id, family.methods, client, now);
    const start = async (): Promise<Authenticated> => {
      const user = await this.sessions.startByLogin(family, record);
      assertThat(user, CoreErrors.invalid_credentials);
      if (!this.accounts.mayAct(user)) await this.sessions.revoke(family.id, 'user_disabled', now);
      this.accounts.assertMayAct(user);
      if (maxPerUser !== null) await this.evict(family, maxPerUser, client, now);
      await this.events.emit(created);
      return { status: 'authenticated', user, ...issued };
    };
    // One statement is a transaction by itself.
    const isOneStatement = maxPerUser === null && !this.events.isHeardInTransaction(created);
    return isOneStatement ? start() : this.transactions.run(start);
  }

  /** In a statement after the one that has locked the account's row, so that it sees what another login has just begun. */
  private async evict(
    family: SessionFamilyRecord,
    maxPerUser: number,
    client: ClientInfo,
    now: Date,
  ): Promise<void> {
    const evicted = await this.sessions.evict(family, maxPerUser, now);
    if (evicted.length > 0)
      await this.events.emit(new SessionsRevoked(family.userId, evicted, 'evicted', null, client, now));
  }
}
