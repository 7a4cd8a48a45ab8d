import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Notifications } from '../mail/notifications.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';

/** Sends the code that puts a phone number on an account. */
@Injectable()
export class PhoneChangeSecrets {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Joins the transaction. Voids a change that was asked for before. */
  async issue(user: UserRecord, phoneNumber: string): Promise<void> {
    await this.transactions.run(async () => {
      const { code } = await this.secrets.issueCode({
        purpose: 'phone_change',
        subject: user.id,
        userId: user.id,
        phoneNumber,
        payload: { from: user.phoneNumber },
      });
      await this.notifications.text('confirm_phone_change', {
        to: phoneNumber,
        locale: user.locale,
        data: { code },
      });
    });
  }
}
