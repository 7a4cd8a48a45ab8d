import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';
import { addressSubject } from '../verification/address-requests.js';
import { PasswordResetMessages } from './password-reset-messages.js';

/** `password_setup`: the account is new. `password_reset_required`: its password has been voided. */
export type PasswordSetupReason = 'password_setup' | 'password_reset_required';

/** Sends an account the link by which its owner chooses a password that nobody else knows. */
@Injectable()
export class PasswordSetupMessages {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly texts: PasswordResetMessages,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Whether there is an address that a message could go to, and a sender. */
  canReach({ email, phoneNumber }: UserRecord): boolean {
    return (
      (email !== null && this.notifications.canMail) || (phoneNumber !== null && this.notifications.canText)
    );
  }

  /**
   * By mail, else by text message (whose link is good for an hour); joins the transaction. Where nothing can be sent nothing is: the user may still ask for a
   * reset. Voids what was sent to the address before.
   */
  async send(user: UserRecord, reason: PasswordSetupReason, ttlMs: number): Promise<void> {
    const { id, email, locale } = user;
    if (email === null || !this.notifications.canMail) {
      if (this.notifications.canText) await this.texts.text(user, true);
      return;
    }
    await this.transactions.run(async () => {
      const secret = await this.secrets.issueLinkAndCode({
        purpose: 'password_reset',
        subject: addressSubject({ field: 'email', value: email }),
        userId: id,
        email,
        ttlMs,
      });
      const minutes = minutesUntil(secret.expiresAt, this.clock.now());
      const link = secretLink(this.options.links.passwordReset, secret.token);
      await this.notifications.email<PasswordSetupReason>(reason, {
        to: email,
        locale,
        data: { link, code: secret.code, minutes },
      });
    });
  }
}
