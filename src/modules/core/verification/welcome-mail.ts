import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import type { UserRecord } from '../user/user.js';

/** Welcomes a user at the first address that is proven; one that is not could be anybody's. */
@Injectable()
export class WelcomeMail {
  constructor(
    private readonly notifications: Notifications,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Joins the transaction. */
  async send(user: UserRecord): Promise<void> {
    if (!this.options.welcomeMail || user.email === null || !user.emailVerified) return;
    const name = user.firstName ?? user.name;
    await this.notifications.email('welcome', { to: user.email, locale: user.locale, data: { name } });
  }
}
