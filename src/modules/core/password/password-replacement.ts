import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { Clock } from '../../../shared/time/clock.js';
import { CoreErrors } from '../core.errors.js';
import { PasswordChanged, PasswordReset } from '../core.events.js';
import { Notifications } from '../mail/notifications.js';
import { CredentialRevocation } from '../user/credential-revocation.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';

export interface Replacement {
  readonly passwordHash: string;
  readonly reason: 'password_change' | 'password_reset' | 'admin_set_password';
  /** The session that goes on. */
  readonly keep?: string | null;
}

const REFUSALS: { readonly [Reason in Replacement['reason']]: ErrorDefinition } = {
  password_change: CoreErrors.invalid_credentials,
  password_reset: CoreErrors.invalid_code,
  admin_set_password: CoreErrors.user_not_found,
};

/** Stores a new password and ends what the old one had opened. */
@Injectable()
export class PasswordReplacement {
  constructor(
    private readonly users: UserRepository,
    private readonly credentials: CredentialRevocation,
    private readonly notifications: Notifications,
    private readonly events: EventBus,
    private readonly clock: Clock,
  ) {}

  /**
   * Inside a transaction; the lock is cleared. Where the old password gave the right to a new one, `user` is the account as it was then.
   * @throws core.invalid_credentials where the account has another password by now; core.invalid_code, core.user_not_found where it is gone
   */
  async replace(
    user: UserRecord,
    { passwordHash, reason, keep }: Replacement,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const expected = reason === 'password_change' ? { tokenVersion: user.tokenVersion } : undefined;
    const changed = await this.users.setPassword(user.id, passwordHash, expected);
    assertThat(changed, REFUSALS[reason]);
    const { tokenVersion } = changed;
    await this.credentials.revoke(user.id, reason, client, { tokenVersion, except: keep ?? undefined });
    const Event = reason === 'password_reset' ? PasswordReset : PasswordChanged;
    await this.events.emit(new Event(user.id, client, this.clock.now()));
    await this.tell(changed, reason);
    return changed;
  }

  /** By mail; by text message where there is no address and the number is proven to be theirs. */
  private async tell(
    { email, phoneNumber, phoneNumberVerified, locale }: UserRecord,
    reason: Replacement['reason'],
  ): Promise<void> {
    const template = reason === 'admin_set_password' ? 'password_set_by_admin' : 'password_changed';
    if (email !== null) await this.notifications.email(template, { to: email, locale, data: {} });
    else if (phoneNumber !== null && phoneNumberVerified)
      await this.notifications.text(template, { to: phoneNumber, locale, data: {} });
  }
}
