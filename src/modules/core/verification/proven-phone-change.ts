import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { PhoneNumberChanged } from '../core.events.js';
import { Notifications } from '../mail/notifications.js';
import type { TokenRecord } from '../token/token.js';
import { TokenRepository } from '../token/token.repository.js';
import { writtenUser } from '../user/unique-write.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { AddressChange, previousAddress } from './address-change.js';

/** Puts a proven phone number on its account. */
@Injectable()
export class ProvenPhoneChange {
  constructor(
    private readonly changes: AddressChange,
    private readonly users: UserRepository,
    private readonly tokens: TokenRepository,
    private readonly notifications: Notifications,
  ) {}

  /** Consumes the secret and changes the number, or neither. @throws core.invalid_code, core.phone_number_taken, core.account_banned … */
  async apply(secret: TokenRecord, client: ClientInfo): Promise<UserRecord> {
    const { phoneNumber } = secret;
    assertThat(phoneNumber !== null, CoreErrors.invalid_code);
    return this.changes.apply(secret, async (userId, now) => {
      const from = previousAddress(secret);
      const user = writtenUser(await this.users.changePhoneNumber(userId, from, phoneNumber));
      // What was sent to the old number must not work any more.
      await this.tokens.deleteByUserId(userId, ['phone_verification', 'password_reset']);
      await this.tell(user, from);
      return { user, event: new PhoneNumberChanged(userId, client, now) };
    });
  }

  private async tell({ email, locale }: UserRecord, from: string | null): Promise<void> {
    if (email !== null)
      await this.notifications.email('phone_number_changed', { to: email, locale, data: {} });
    if (from !== null) await this.notifications.text('phone_number_changed', { to: from, locale, data: {} });
  }
}
