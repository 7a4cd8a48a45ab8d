import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';

/** What the two addresses are told when a change is asked for. */
@Injectable()
export class EmailChangeMessages {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** The secret goes to the new address, a notice to the old one. */
  async send({ id, email: oldEmail, locale }: UserRecord, newEmail: string): Promise<void> {
    await this.transactions.run(async () => {
      const secret = await this.secrets.issueLinkAndCode({
        purpose: 'email_change',
        subject: id,
        userId: id,
        email: newEmail,
        payload: { from: oldEmail },
      });
      const link = secretLink(this.options.links.emailChange, secret.token);
      const data = { link, code: secret.code, minutes: minutesUntil(secret.expiresAt, this.clock.now()) };
      await this.notifications.email('confirm_email_change', { to: newEmail, locale, data });
      if (oldEmail !== null)
        await this.notifications.email('email_change_requested', {
          to: oldEmail,
          locale,
          data: { newEmail },
        });
    });
  }
}
