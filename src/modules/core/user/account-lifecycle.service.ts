import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { EmailVerified, PhoneNumberVerified, UserBanned, UserUnbanned } from '../core.events.js';
import { CredentialRevocation } from './credential-revocation.js';
import { SuperAdmins } from './super-admins.js';
import { UserAdministrationRepository } from './user-administration.repository.js';
import type { UserRecord } from './user.js';
import { UserRepository } from './user.repository.js';

export interface BanOrder {
  readonly reason?: string | null;
  /** The ban ends by itself then, without anybody writing anything. @default never */
  readonly until?: Date | null;
  /** Who bans: an account's id. */
  readonly by?: string | null;
}

/** What may be decided about an account by others, for whoever has the right to; it asks for none. */
@Injectable()
export class AccountLifecycleService {
  constructor(
    private readonly users: UserRepository,
    private readonly managed: UserAdministrationRepository,
    private readonly superAdmins: SuperAdmins,
    private readonly credentials: CredentialRevocation,
    private readonly transactions: TransactionRunner,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /** @throws core.user_not_found, core.last_super_admin */
  async ban(
    userId: string,
    { reason = null, until = null, by = null }: BanOrder,
    client: ClientInfo,
  ): Promise<UserRecord> {
    return this.transactions.run(async () => {
      const at = this.clock.now();
      await this.superAdmins.assertNotLast(userId);
      const user = found(await this.users.ban(userId, { at, until, reason, by }));
      await this.credentials.revoke(userId, 'banned', client, { tokenVersion: user.tokenVersion });
      await this.events.emit(new UserBanned(userId, client, at));
      return user;
    });
  }

  /** @throws core.user_not_found */
  async unban(userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      const user = found(await this.users.unban(userId));
      await this.events.emit(new UserUnbanned(userId, client, this.clock.now()));
      return user;
    });
  }

  /** An account that is switched off loses its sessions. @throws core.user_not_found, core.last_super_admin */
  async setActive(userId: string, active: boolean, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      if (!active) await this.superAdmins.assertNotLast(userId);
      const user = found(await this.users.setActive(userId, active));
      if (!active)
        await this.credentials.revoke(userId, 'user_disabled', client, { tokenVersion: user.tokenVersion });
      return user;
    });
  }

  /** Vouches for the email address, or takes that back. @throws core.user_not_found where there is no such address, core.last_super_admin */
  async setEmailVerified(userId: string, verified: boolean, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      // Where the proof is required, nobody can act without it.
      if (!verified) await this.superAdmins.assertNotLast(userId);
      const user = found(await this.users.setEmailVerified(userId, verified));
      if (verified) await this.events.emit(new EmailVerified(userId, client, this.clock.now()));
      return user;
    });
  }

  /** The same for the phone number. @throws core.user_not_found, core.last_super_admin */
  async setPhoneNumberVerified(userId: string, verified: boolean, client: ClientInfo): Promise<UserRecord> {
    return this.transactions.run(async () => {
      if (!verified) await this.superAdmins.assertNotLast(userId);
      const user = found(await this.managed.setPhoneNumberVerified(userId, verified));
      if (verified) await this.events.emit(new PhoneNumberVerified(userId, client, this.clock.now()));
      return user;
    });
  }

  /**
   * Makes a super admin of the account, or takes that away; either way it has to sign in again. `null`: nothing was to be done.
   * @throws core.user_not_found, core.last_super_admin
   */
  async setSuperAdmin(userId: string, isSuperAdmin: boolean, client: ClientInfo): Promise<UserRecord | null> {
    return this.transactions.run(async () => {
      if (!isSuperAdmin) await this.superAdmins.assertNotLast(userId);
      const user = await this.managed.setSuperAdmin(userId, isSuperAdmin);
      if (!user) {
        assertThat((await this.users.findById(userId))?.deletedAt === null, CoreErrors.user_not_found);
        return null;
      }
      await this.credentials.revoke(userId, 'admin_revoke_all', client, { tokenVersion: user.tokenVersion });
      return user;
    });
  }
}

function found(user: UserRecord | null): UserRecord {
  assertThat(user, CoreErrors.user_not_found);
  return user;
}
