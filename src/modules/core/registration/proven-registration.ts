import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { UserRecord } from '../user/user.js';
import { parseUsername } from '../user/username.js';
import type { Address } from '../verification/address-requests.js';
import { VerificationMessages } from '../verification/verification-messages.js';
import { PhoneChangeSecrets } from '../verification/phone-change-secrets.js';
import { WelcomeMail } from '../verification/welcome-mail.js';
import { AccountCreation, type NewAccount } from './account-creation.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { openAddresses } from './sign-up-form.js';

/** Makes the account of a registration whose address has been proven. */
@Injectable()
export class ProvenRegistration {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly verification: VerificationMessages,
    private readonly phoneChanges: PhoneChangeSecrets,
    private readonly welcome: WelcomeMail,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * Inside the transaction that consumes the proof. The proven address is verified; the other one comes along unproven where that is
   * allowed, and has to be proven first where it is not.
   * @throws core.email_taken, core.phone_number_taken (of the proven address), core.username_taken …
   */
  async create(
    registration: PendingRegistrationRecord,
    proven: Address,
    username: string | undefined,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const account: NewAccount = {
      ...ownFields(registration),
      username:
        username === undefined
          ? registration.username
          : parseUsername(username, this.options.reservedUsernames),
      ...(proven.field === 'email'
        ? { email: proven.value, emailVerified: true }
        : { phoneNumber: proven.value, phoneNumberVerified: true }),
    };
    const user = await this.createWith(openAddresses(registration, this.options), proven, account, client);
    await this.verification.proveAddressesOf(user);
    await this.attachPhoneNumber(user, registration.phoneNumber);
    await this.welcome.send(user);
    return user;
  }

  /** An unproven address that somebody else has taken since sign-up is left out: the proven one has earned the account. */
  private async createWith(
    open: readonly Address[],
    proven: Address,
    account: NewAccount,
    client: ClientInfo,
  ): Promise<UserRecord> {
    const [other] = open.filter(({ field }) => field !== proven.field);
    if (!other) return this.accounts.create(account, client);
    const [field, taken] =
      other.field === 'email'
        ? (['email', CoreErrors.email_taken] as const)
        : (['phoneNumber', CoreErrors.phone_number_taken] as const);
    try {
      return await this.accounts.create({ ...account, [field]: other.value }, client);
    } catch (error) {
      if (error instanceof AuthError && error.is(taken)) return this.accounts.create(account, client);
      throw error;
    }
  }

  /** A phone number whose verification is required is put on the account by its own proof. */
  private async attachPhoneNumber(user: UserRecord, phoneNumber: string | null): Promise<void> {
    if (phoneNumber === null || user.phoneNumber !== null || this.options.phoneVerification === 'optional')
      return;
    await this.phoneChanges.issue(user, phoneNumber);
  }
}

function ownFields({
  passwordHash,
  name,
  firstName,
  lastName,
  locale,
}: PendingRegistrationRecord): NewAccount {
  return { passwordHash, name, firstName, lastName, locale };
}
