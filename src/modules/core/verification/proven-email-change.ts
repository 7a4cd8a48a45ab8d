import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { EmailChanged } from '../core.events.js';
import { Notifications } from '../mail/notifications.js';
import type { TokenRecord } from '../token/token.js';
import { TokenRepository } from '../token/token.repository.js';
import { writtenUser } from '../user/unique-write.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { AddressChange, previousAddress } from './address-change.js';

/** Puts a proven address on its account. */
@Injectable()
export class ProvenEmailChange {
  constructor(
    private readonly changes: AddressChange,
    private readonly users: UserRepository,
    private readonly tokens: TokenRepository,
    private readonly notifications: Notifications,
  ) {}

  /** Consumes the secret and changes the address, or neither. @throws core.invalid_code, core.email_taken, core.account_banned … */
  async apply(secret: TokenRecord, client: ClientInfo): Promise<UserRecord> {
    const { email } = secret;
    assertThat(email !== null, CoreErrors.invalid_code);
    return this.changes.apply(secret, async (userId, now) => {
      const from = previousAddress(secret);
      const user = writtenUser(await this.users.changeEmail(userId, from, email));
      // What was sent to the old address must not work any more.
      await this.tokens.deleteByUserId(userId, ['email_verification', 'password_reset']);
      if (from !== null) {
        await this.notifications.email('email_changed', {
          to: from,
          locale: user.locale,
          data: { newEmail: email },
        });
      }
      return { user, event: new EmailChanged(userId, client, now) };
    });
  }
}
