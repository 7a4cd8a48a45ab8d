import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';
import { addressSubject } from '../verification/address-requests.js';

/** Sends an account the secret that replaces its password. */
@Injectable()
export class PasswordResetMessages {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Link and code. Voids what was sent to the address before. */
  async mail({ id, email, locale }: UserRecord): Promise<void> {
    if (email === null) return;
    const subject = addressSubject({ field: 'email', value: email });
    await this.transactions.run(async () => {
      const secret = await this.secrets.issueLinkAndCode({
        purpose: 'password_reset',
        subject,
        userId: id,
        email,
      });
      const minutes = minutesUntil(secret.expiresAt, this.clock.now());
      const data = { link: this.link(secret.token), code: secret.code, minutes };
      await this.notifications.email('password_reset', { to: email, locale, data });
    });
  }

  /** A code and, where it is wanted, a link. Voids what was sent to the number before. */
  async text({ id, phoneNumber, locale }: UserRecord, withLink: boolean): Promise<void> {
    if (phoneNumber === null) return;
    const request = { purpose: 'password_reset', subject: phoneNumber, userId: id, phoneNumber } as const;
    await this.transactions.run(async () => {
      const secret = withLink
        ? await this.secrets.issueLinkAndCode(request)
        : { ...(await this.secrets.issueCode(request)), token: null };
      const link = secret.token === null ? null : this.link(secret.token);
      await this.notifications.text('password_reset', {
        to: phoneNumber,
        locale,
        data: { code: secret.code, link },
      });
    });
  }

  private link(token: string): string {
    return secretLink(this.options.links.passwordReset, token);
  }
}
