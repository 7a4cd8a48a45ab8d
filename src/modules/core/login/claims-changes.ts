import { Injectable } from '@nestjs/common';
import { EventBus } from '../../../shared/events/event-bus.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ClaimsChanged } from '../core.events.js';
import { UserRepository } from '../user/user.repository.js';

/** Accounts in one statement: short of every statement's time limit, and enough that those which read the whole table for it are few. */
const BATCH = 10_000;

/**
 * For whoever changes what tokens say about accounts: roles, a subscription, the source of `extraClaims`. Nobody is signed out. In session mode the next
 * request has the new claims; in stateless mode access tokens from before are refused, and the client refreshes.
 */
@Injectable()
export class ClaimsChanges {
  constructor(
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Call it in the transaction of the change, and before the change: it locks the rows of the accounts, which come before whatever hangs on them. Returns the
   * ids of those that live.
   */
  announce(userIds: readonly string[]): Promise<string[]> {
    if (userIds.length === 0) return Promise.resolve([]);
    return this.transactions.run(async () => {
      const living: string[] = [];
      const sorted = [...new Set(userIds)].sort();
      for (let start = 0; start < sorted.length; start += BATCH)
        living.push(...(await this.raise(sorted.slice(start, start + BATCH))));
      return living;
    });
  }

  private async raise(userIds: readonly string[]): Promise<string[]> {
    const users = await this.users.raiseClaimsVersions(userIds);
    if (users.length > 0) await this.events.emit(new ClaimsChanged(users, this.clock.now()));
    return users.map(({ id }) => id);
  }
}
