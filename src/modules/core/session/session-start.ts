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
import { UserRepository } from '../user/user.repository.js';
import { SessionRepository } from './session.repository.js';
import type { PreparedPair } from './session-tokens.js';

/** Stores a new session, if its account is still what it was when the proof was checked. */
@Injectable()
export class SessionStart {
  constructor(
    private readonly users: UserRepository,
    private readonly sessions: SessionRepository,
    private readonly accounts: AccountCheck,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** @throws core.invalid_credentials where the token version has grown, and what `AccountCheck` throws */
  commit({ family, record, issued }: PreparedPair, client: ClientInfo): Promise<Authenticated> {
    const now = issued.issuedAt;
    return this.transactions.run(async () => {
      const user = await this.users.completeLogin(family.userId, family.tokenVersion, now);
      assertThat(user, CoreErrors.invalid_credentials);
      this.accounts.assertMayAct(user);
      const evicted = await this.sessions.start(family, record, this.options.session.maxPerUser);
      if (evicted.length > 0) {
        await this.events.emit(new SessionsRevoked(user.id, evicted, 'evicted', null, client, now));
      }
      await this.events.emit(new SessionCreated(user.id, family.id, family.methods, client, now));
      return { status: 'authenticated', user, ...issued };
    });
  }
}
