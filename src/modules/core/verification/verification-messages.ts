import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';
import { addressSubject } from './address-requests.js';

/** Sends an account the secret that proves its address, if it is not proven yet. */
@Injectable()
export class VerificationMessages {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Asks for the proof of what a new account has not proven; joins the transaction. Without a sender nothing is asked. */
  async proveAddressesOf(user: UserRecord): Promise<void> {
    if (this.notifications.canMail) await this.mail(user);
    if (this.notifications.canText) await this.text(user);
  }

  /** Link and code. Voids what was sent before. */
  async mail({ id, email, emailVerified, locale }: UserRecord): Promise<void> {
    if (email === null || emailVerified) return;
    const subject = addressSubject({ field: 'email', value: email });
    await this.transactions.run(async () => {
      const secret = await this.secrets.issueLinkAndCode({
        purpose: 'email_verification',
        subject,
        userId: id,
        email,
      });
      const link = secretLink(this.options.links.emailVerification, secret.token);
      const data = { link, code: secret.code, minutes: minutesUntil(secret.expiresAt, this.clock.now()) };
      await this.notifications.email('verify_email', { to: email, locale, data });
    });
  }

  /** A code. Voids what was sent before. */
  async text({ id, phoneNumber, phoneNumberVerified, locale }: UserRecord): Promise<void> {
    if (phoneNumber === null || phoneNumberVerified) return;
    await this.transactions.run(async () => {
      const { code } = await this.secrets.issueCode({
        purpose: 'phone_verification',
        subject: phoneNumber,
        userId: id,
        phoneNumber,
      });
      await this.notifications.text('verify_phone', { to: phoneNumber, locale, data: { code } });
    });
  }
}
