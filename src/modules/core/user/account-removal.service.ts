import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { AttemptBudgetRepository } from '../token/attempt-budget.repository.js';
import { UserDeleted, UserRestored } from '../core.events.js';
import { CredentialRevocation } from './credential-revocation.js';
import { SuperAdmins } from './super-admins.js';
import { writtenUser } from './unique-write.js';
import { UserAdministrationRepository } from './user-administration.repository.js';
import type { UserRecord } from './user.js';
import { UserDeletionSteps } from './user-deletion-steps.js';
import { UserRepository } from './user.repository.js';

/** Takes accounts away and brings them back, for whoever has the right to; it asks for none. */
@Injectable()
export class AccountRemovalService {
  constructor(
    private readonly users: UserRepository,
    private readonly managed: UserAdministrationRepository,
    private readonly superAdmins: SuperAdmins,
    private readonly budgets: AttemptBudgetRepository,
    private readonly steps: UserDeletionSteps,
    private readonly credentials: CredentialRevocation,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Ends the account, and frees its email address, username and phone number: a new registration under them inherits nothing.
   * @throws core.user_not_found, core.last_super_admin, and what a UserDeletionStep refuses with
   */
  async softDelete(userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      await this.steps.run(userId, 'soft');
      await this.superAdmins.assertNotLast(userId);
      const now = this.clock.now();
      const user = await this.users.softDelete(userId, now);
      assertThat(user, CoreErrors.user_not_found);
      await this.credentials.revoke(userId, 'soft_deleted', client, { tokenVersion: user.tokenVersion });
      await this.events.emit(new UserDeleted(userId, client, now));
      return user;
    });
  }

  /** Brings a soft-deleted account back. @throws core.user_not_found, core.email_taken … where an identifier has a new owner */
  async restore(userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      const user = writtenUser(await this.users.restore(userId));
      await this.events.emit(new UserRestored(userId, client, this.clock.now()));
      return user;
    });
  }

  /** Erases the account, deleted before or not, and all that hangs on it. @throws core.user_not_found, core.last_super_admin, and what a UserDeletionStep refuses with */
  async hardDelete(userId: string, client: ClientInfo): Promise<void> {
    await this.transactions.run(async () => {
      const user = await this.users.findById(userId);
      assertThat(user, CoreErrors.user_not_found);
      await this.steps.run(userId, 'hard');
      await this.superAdmins.assertNotLast(userId);
      // Told to whoever keeps track of revoked tokens, before the rows are gone.
      if (user.deletedAt === null) await this.credentials.revoke(userId, 'soft_deleted', client);
      assertThat(await this.users.delete(userId), CoreErrors.user_not_found);
      await this.budgets.forgetSubjects(
        [user.id, user.emailKey, user.phoneNumber].filter((subject) => subject !== null),
      );
      await this.events.emit(new UserDeleted(userId, client, this.clock.now()));
    });
  }

  /** As `hardDelete`, if the account is soft-deleted since before the cutoff: one that has been restored meanwhile stays. Returns whether it is gone. */
  async eraseDeleted(userId: string, cutoff: Date, client: ClientInfo): Promise<boolean> {
    return this.transactions.run(async () => {
      const deletedAt = (await this.managed.lock(userId))?.deletedAt;
      if (!deletedAt || deletedAt >= cutoff) return false;
      await this.hardDelete(userId, client);
      return true;
    });
  }

  /** Ids of accounts that were soft-deleted before the cutoff: for a job that erases them. */
  listDeletedBefore(cutoff: Date, limit: number): Promise<string[]> {
    return this.users.listDeletedBefore(cutoff, limit);
  }
}
