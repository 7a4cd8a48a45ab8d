import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { Notifications } from '../mail/notifications.js';
import { minutesUntil, secretLink } from '../token/secret-link.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import { UserRepository } from '../user/user.repository.js';
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
    const taken = await (address.field === 'email'
      ? this.users.findByEmail(address.value)
      : this.users.findByPhoneNumber(address.value));
    const locale = taken ? taken.locale : registration.locale;
    await this.transactions.run(async () => {
      if (address.field === 'email') await this.mail(registration.id, address.value, locale, taken !== null);
      else await this.text(registration.id, address.value, locale, taken !== null);
    });
  }

  private async mail(registrationId: string, email: string, locale: string | null, taken: boolean): Promise<void> {
    if (taken) return this.notifications.email('registration_address_taken', { to: email, locale, data: {} });
    const { token, code, expiresAt } = await this.secrets.issueLinkAndCode({ ...secretOf(registrationId), email });
    const link = secretLink(this.options.links.registration, token);
    const data = { link, code, minutes: minutesUntil(expiresAt, this.clock.now()) };
    await this.notifications.email('confirm_registration', { to: email, locale, data });
  }

  private async text(registrationId: string, phoneNumber: string, locale: string | null, taken: boolean): Promise<void> {
    if (taken) return this.notifications.text('registration_number_taken', { to: phoneNumber, locale, data: {} });
    const { code } = await this.secrets.issueCode({ ...secretOf(registrationId), phoneNumber });
    await this.notifications.text('confirm_registration', { to: phoneNumber, locale, data: { code } });
  }
}

function secretOf(registrationId: string): { purpose: 'registration'; subject: string } {
  return { purpose: 'registration', subject: registrationId };
}
