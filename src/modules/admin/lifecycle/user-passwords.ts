import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import {
  CoreErrors,
  CredentialRevocation,
  PasswordService,
  PasswordSetupMessages,
  type Principal,
  type UserRecord,
  UserRepository,
  UserService,
} from '../../core/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminErrors } from '../admin.errors.js';
import { AdminPasswordResetForced } from '../admin.events.js';
import { AdminOptions } from '../admin.options.js';
import { ADMIN_PERMISSIONS } from '../admin.permissions.js';

/** Passwords of others. */
@Injectable()
export class UserPasswords {
  constructor(
    private readonly actions: AdminActions,
    private readonly passwords: PasswordService,
    private readonly setup: PasswordSetupMessages,
    private readonly users: UserService,
    private readonly records: UserRepository,
    private readonly credentials: CredentialRevocation,
    private readonly events: EventBus,
    private readonly clock: Clock,
    private readonly options: AdminOptions,
  ) {}

  /** By the policy of every password; ends every session and tells the user. @throws core.user_not_found, core.password_* */
  async set(principal: Principal, userId: string, password: string, client: ClientInfo): Promise<UserRecord> {
    const [actor, target] = await this.actions.check(principal, ADMIN_PERMISSIONS.setPassword, userId);
    return this.passwords.setByAdmin(target.id, password, client, () => this.actions.hold(actor, target.id));
  }

  /**
   * Voids the password and ends every session; the user is sent a link to choose another one, and can sign in by password only then.
   * @throws core.user_not_found; admin.not_reachable where there is no address to send it to, or no sender
   */
  forceReset(principal: Principal, userId: string, client: ClientInfo): Promise<UserRecord> {
    return this.actions.run(principal, ADMIN_PERMISSIONS.setPassword, userId, async (actor, target) => {
      const { id } = await this.users.get(target.id);
      const user = await this.records.setPassword(id, null);
      assertThat(user, CoreErrors.user_not_found);
      assertThat(this.setup.canReach(user), AdminErrors.not_reachable);
      await this.credentials.revoke(id, 'admin_set_password', client, { tokenVersion: user.tokenVersion });
      await this.events.emit(new AdminPasswordResetForced(id, actor.userId, client, this.clock.now()));
      await this.setup.send(user, 'password_reset_required', this.options.passwordLinkTtlMs);
      return user;
    });
  }
}
