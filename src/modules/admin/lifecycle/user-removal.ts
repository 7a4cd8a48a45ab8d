import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { AccountRemovalService, type Principal, type UserRecord, UserService } from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminActors } from '../access/admin-actors.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

/** Accounts that one call of `purge` erases at most. */
export const PURGE_LIMIT = 100;

/** What a purge did. */
export interface Purge {
  readonly erased: number;
  /** Those that a module refused to erase, and why. */
  readonly refused: readonly { readonly userId: string; readonly code: string }[];
  /** Whether there are more to erase. */
  readonly more: boolean;
}

/** Takes accounts away, brings them back, and erases them. */
@Injectable()
export class UserRemoval {
  constructor(
    private readonly actions: AdminActions,
    private readonly actors: AdminActors,
    private readonly accounts: AccountRemovalService,
    private readonly users: UserService,
  ) {}

  /** Softly: the account can be restored. @throws admin.own_account, core.last_super_admin, core.user_not_found, and what modules refuse with */
  delete(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.delete, userId, async (actor, target) => {
      this.actions.assertNotSelf(actor, target);
      const { id } = await this.users.get(target.id);
      return this.accounts.softDelete(id, client);
    });
  }

  /** @throws core.user_not_found where it is not deleted, core.email_taken … where an identifier has a new owner */
  restore(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.delete, userId, (_actor, { id }) =>
      this.accounts.restore(id, client),
    );
  }

  /** For good, deleted before or not. @throws admin.super_admin_required, admin.own_account, core.last_super_admin, core.user_not_found */
  erase(principal: Principal, userId: string, client: ClientInfo): Promise<void> {
    return this.actions.run(principal, 'super-admin', userId, async (actor, target) => {
      this.actions.assertNotSelf(actor, target);
      await this.accounts.hardDelete(target.id, client);
    });
  }

  /** Erases those that were deleted before the cutoff, the longest gone first; each in a transaction of its own. @throws admin.super_admin_required */
  async purge(principal: Principal, cutoff: Date, client: ClientInfo): Promise<Purge> {
    await this.actors.require(principal, 'super-admin');
    const due = await this.accounts.listDeletedBefore(cutoff, PURGE_LIMIT + 1);
    const refused: { userId: string; code: string }[] = [];
    let erased = 0;
    for (const userId of due.slice(0, PURGE_LIMIT)) {
      try {
        if (await this.accounts.eraseDeleted(userId, cutoff, client)) erased += 1;
      } catch (error) {
        if (!(error instanceof AuthError)) throw error;
        refused.push({ userId, code: error.code });
      }
    }
    return { erased, refused, more: due.length > PURGE_LIMIT };
  }
}
