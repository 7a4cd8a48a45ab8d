import { Injectable } from '@nestjs/common';
import { Notifications } from '../mail/notifications.js';
import { TokenRepository } from '../token/token.repository.js';
import type { UserRecord } from '../user/user.js';
import type { Address } from './address-requests.js';

/** What follows from taking an address off an account; within the transaction. */
@Injectable()
export class RemovedAddress {
  constructor(
    private readonly tokens: TokenRepository,
    private readonly notifications: Notifications,
  ) {}

  /** What was sent to the address, or waits to replace it, must not work any more. */
  async voidSecrets(userId: string, { field }: Address): Promise<void> {
    await this.tokens.deleteByUserId(
      userId,
      field === 'email'
        ? ['email_verification', 'email_change', 'password_reset']
        : ['phone_verification', 'phone_change', 'password_reset'],
    );
  }

  /** Tells the address that is gone; of a number the email address too. `user`: without it. */
  async tell({ email, locale }: UserRecord, { field, value }: Address): Promise<void> {
    if (field === 'email') {
      await this.notifications.email('email_removed', { to: value, locale, data: {} });
      return;
    }
    await this.notifications.text('phone_number_removed', { to: value, locale, data: {} });
    if (email !== null)
      await this.notifications.email('phone_number_removed', { to: email, locale, data: {} });
  }
}
