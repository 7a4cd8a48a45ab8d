import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  AccountLifecycleService,
  type Principal,
  type UserRecord,
  UserRepository,
  UserService,
} from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import {
  AdminUserActivated,
  AdminUserDeactivated,
  AdminUserUnlocked,
  SuperAdminGranted,
  SuperAdminRevoked,
} from '../admin.events.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

export interface BanWish {
  readonly reason?: string | null;
  /** In the future. @default for good */
  readonly until?: Date | null;
}

/** Whether somebody may use their account. */
@Injectable()
export class UserAccess {
  constructor(
    private readonly actions: AdminActions,
    private readonly accounts: AccountLifecycleService,
    private readonly users: UserService,
    private readonly records: UserRepository,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** Ends every session. @throws core.validation_failed for an end in the past, admin.own_account, core.last_super_admin, core.user_not_found */
  async ban(principal: Principal, userId: string, wish: BanWish, client: ClientInfo): Promise<UserRecord> {
    const { reason = null, until = null } = wish;
    if (until !== null && until <= this.clock.now())
      throw new AuthError(GeneralErrors.validation_failed, {
        fields: [{ field: 'until', code: 'in_the_past', message: 'until must be in the future' }],
      });
    return this.actions.run(principal, ADMIN_PERMISSIONS.ban, userId, async (actor, target) => {
      this.actions.assertNotSelf(actor, target);
      const { id } = await this.users.get(target.id);
      return this.accounts.ban(id, { reason, until, by: actor.userId }, client);
    });
  }

  /** @throws core.user_not_found */
  unban(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.ban, userId, async (_actor, target) => {
      const user = await this.users.get(target.id);
      return user.bannedAt === null ? user : this.accounts.unban(user.id, client);
    });
  }

  /** Switching an account off ends its sessions. @throws admin.own_account, core.last_super_admin, core.user_not_found */
  setActive(principal: Principal, userId: string, active: boolean, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.ban, userId, async (actor, target) => {
      if (!active) this.actions.assertNotSelf(actor, target);
      const user = await this.users.get(target.id);
      if (user.active === active) return user;
      const changed = await this.accounts.setActive(user.id, active, client);
      const Event = active ? AdminUserActivated : AdminUserDeactivated;
      await this.events.emit(new Event(user.id, actor.userId, client, this.clock.now()));
      return changed;
    });
  }

  /** Lifts the lock that failed sign-ins set. @throws core.user_not_found */
  unlock(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.update, userId, async (actor, target) => {
      const { id } = await this.users.get(target.id);
      await this.records.clearLoginAttempts(id);
      await this.events.emit(new AdminUserUnlocked(id, actor.userId, client, this.clock.now()));
      return this.users.get(id);
    });
  }

  /** Makes a super admin, or takes that away; the account has to sign in again. @throws admin.super_admin_required, core.last_super_admin, core.user_not_found */
  setSuperAdmin(
    principal: Principal,
    userId: string,
    isSuperAdmin: boolean,
    client: ClientInfo,
  ): Promise<UserRecord> {
    return this.actions.run(principal, 'super-admin', userId, async (actor, { id }) => {
      const changed = await this.accounts.setSuperAdmin(id, isSuperAdmin, client);
      if (!changed) return this.users.get(id);
      const Event = isSuperAdmin ? SuperAdminGranted : SuperAdminRevoked;
      await this.events.emit(new Event(id, actor.userId, client, this.clock.now()));
      return changed;
    });
  }

  /** Vouches for an address, or takes that back. @throws core.user_not_found, core.last_super_admin */
  setVerified(
    principal: Principal,
    userId: string,
    { field, verified }: { readonly field: 'email' | 'phone_number'; readonly verified: boolean },
    client: ClientInfo,
  ): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.update, userId, async (_actor, target) => {
      const user = await this.users.get(target.id);
      const known = field === 'email' ? user.emailVerified : user.phoneNumberVerified;
      const address = field === 'email' ? user.email : user.phoneNumber;
      assertThat(address !== null, GeneralErrors.validation_failed, {
        detail: `The account has no ${field === 'email' ? 'email address' : 'phone number'}.`,
      });
      if (known === verified) return user;
      return field === 'email'
        ? this.accounts.setEmailVerified(user.id, verified, client)
        : this.accounts.setPhoneNumberVerified(user.id, verified, client);
    });
  }
}
