import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Traced } from '../../../shared/tracing/traced.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { NewPassword } from '../password/new-password.js';
import type { UserRecord } from '../user/user.js';
import { VerificationMessages } from '../verification/verification-messages.js';
import { AccountCreation } from './account-creation.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { PendingRegistrations } from './pending-registrations.js';
import { assertRegistrationOpen } from './registration-policy.js';
import {
  addressToProve,
  openAddresses,
  parseSignUp,
  type SignUpForm,
  type SignUpRequest,
} from './sign-up-form.js';

export type SignUpResult =
  | { readonly status: 'registered'; readonly user: UserRecord }
  | { readonly status: 'verification_required'; readonly registration: PendingRegistrationRecord };

/** Sign-up with a password. */
@Injectable()
export class RegistrationService {
  constructor(
    private readonly accounts: AccountCreation,
    private readonly pending: PendingRegistrations,
    private readonly verification: VerificationMessages,
    private readonly passwords: NewPassword,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedCoreOptions,
  ) {}

  /**
   * Where nothing has to be proven, the account exists at once, and the message that proves its address goes out with the commit. Else the
   * sign-up waits, and the answer is the same for addresses that are free and that are taken.
   * @throws core.registration_closed, core.registration_invite_only, core.identifier_required, core.invalid_email …, core.password_common …,
   * core.email_taken …, core.rate_limited, core.sender_unavailable
   */
  @Traced('castellan.sign_up')
  async signUp(request: SignUpRequest, client: ClientInfo): Promise<SignUpResult> {
    assertRegistrationOpen(this.options);
    const form = parseSignUp(request, this.options);
    const proof = addressToProve(form, this.options);
    const passwordHash = await this.passwords.hash(request.password, form);
    // Last of the checks: a password that is refused does not count against the address.
    if (proof) await this.pending.assertAcceptable(form, proof, openAddresses(form, this.options));
    return this.transactions.run(async () =>
      proof
        ? { status: 'verification_required', registration: await this.pending.add(form, passwordHash) }
        : { status: 'registered', user: await this.register(form, passwordHash, client) },
    );
  }

  private async register(form: SignUpForm, passwordHash: string, client: ClientInfo): Promise<UserRecord> {
    const user = await this.accounts.create({ ...form, passwordHash }, client);
    await this.verification.proveAddressesOf(user);
    return user;
  }
}
