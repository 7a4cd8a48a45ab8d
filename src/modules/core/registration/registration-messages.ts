import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import type { Address } from '../verification/address-requests.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { addressToProve } from './sign-up-form.js';

/** What an address that signed up is told: how to confirm it, or that it has an account already. */
@Injectable()
export class RegistrationMessages {
  constructor(
    private readonly users: UserRepository,
    private readonly secrets: SingleUseSecrets,
    private readonly notifications: Notifications,
    private readonly transactions: TransactionRunner,
    private readonly clock: Clock,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /** Voids the secret that was sent before, if any. */
  async send(registration: PendingRegistrationRecord): Promise<void> {
    const address = addressToProve(registration, this.options);
    if (!address) return;
    const owner = await (address.field === 'email'
      ? this.users.findByEmail(address.value)
      : this.users.findByPhoneNumber(address.value));
    await this.transactions.run(async () => {
      if (owner) await this.tellOwner(owner, address);
      else if (address.field === 'email') await this.mail(registration, address.value);
      else await this.text(registration, address.value);
    });
  }

  private async tellOwner({ email, phoneNumber, locale }: UserRecord, { field }: Address): Promise<void> {
    const [to, data] = [field === 'email' ? email : phoneNumber, {}];
    if (to === null) return;
    if (field === 'email') await this.notifications.email('registration_address_taken', { to, locale, data });
    else await this.notifications.text('registration_number_taken', { to, locale, data });
  }

  private async mail({ id, locale }: PendingRegistrationRecord, email: string): Promise<void> {
    const { token, code, expiresAt } = await this.secrets.issueLinkAndCode({
      purpose: 'registration',
      subject: id,
      email,
    });
    const link = secretLink(this.options.links.registration, token);
    const data = { link, code, minutes: minutesUntil(expiresAt, this.clock.now()) };
    await this.notifications.email('confirm_registration', { to: email, locale, data });
  }

  private async text({ id, locale }: PendingRegistrationRecord, phoneNumber: string): Promise<void> {
    const { code } = await this.secrets.issueCode({ purpose: 'registration', subject: id, phoneNumber });
    await this.notifications.text('confirm_registration', { to: phoneNumber, locale, data: { code } });
  }
}
