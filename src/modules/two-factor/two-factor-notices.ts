import { Injectable } from '@nestjs/common';
import { type EmailMessages, Notifications, type UserRecord } from '../core/index.js';
import type { TwoFactorMethod } from './factor/two-factor.js';
import type { TwoFactorNotice } from './two-factor.messages.js';

const NAMES: Readonly<Record<TwoFactorMethod, string>> = {
  totp: 'an authenticator app',
  sms: 'text message',
  email: 'email',
};

/** Mails users what has happened to their second factors; who has no email address is told nothing. */
@Injectable()
export class TwoFactorNotices {
  constructor(private readonly notifications: Notifications) {}

  /** Joins the transaction. */
  async send<Name extends TwoFactorNotice>(
    { email, locale }: UserRecord,
    notice: Name,
    data: EmailMessages[Name],
  ): Promise<void> {
    if (email !== null) await this.notifications.email<TwoFactorNotice>(notice, { to: email, locale, data });
  }

  enabled(user: UserRecord, method: TwoFactorMethod): Promise<void> {
    return this.send(user, 'two_factor_enabled', { method: NAMES[method] });
  }

  disabled(user: UserRecord, methods: readonly TwoFactorMethod[]): Promise<void> {
    const method = methods.map((name) => NAMES[name]).join(' or by ');
    return this.send(user, 'two_factor_disabled', { method });
  }
}
