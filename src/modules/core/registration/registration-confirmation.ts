import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../core.errors.js';
import { PasswordHasher } from '../password/password-hasher.js';
import { GuessBudget } from '../token/guess-budget.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import type { UserRecord } from '../user/user.js';
import type { Address } from '../verification/address-requests.js';
import { PendingRegistrations } from './pending-registrations.js';
import { ProvenRegistration } from './proven-registration.js';

/** Purpose of the budget of passwords that are tried on one registration. */
const PASSWORD_BUDGET = 'registration_password';

export interface RegistrationProof {
  /** The link's; or the code with the id that sign-up answered. */
  readonly token?: string;
  readonly registrationId?: string;
  readonly code?: string;
  /** The one that was chosen at sign-up: proving an address must not activate a password that somebody else chose. */
  readonly password: string;
  /** In place of one that was lost meanwhile. */
  readonly username?: string;
}

/** Turns a sign-up whose address has been proven into an account. */
@Injectable()
export class RegistrationConfirmation {
  constructor(
    private readonly secrets: SingleUseSecrets,
    private readonly pending: PendingRegistrations,
    private readonly hasher: PasswordHasher,
    private readonly guesses: GuessBudget,
    private readonly transactions: TransactionRunner,
    private readonly accounts: ProvenRegistration,
  ) {}

  /**
   * The first to prove an address gets the account, and the other sign-ups of the address are void. A refusal other than a wrong code
   * consumes nothing.
   * @throws core.invalid_code, core.too_many_attempts, core.invalid_credentials, core.email_taken, core.phone_number_taken, core.username_taken …
   */
  async confirm(proof: RegistrationProof, client: ClientInfo): Promise<UserRecord> {
    const secret = await this.find(proof);
    const registration = await this.pending.get(secret.subject);
    const proven = provenBy(secret);
    await this.assertPassword(registration.id, proof.password, registration.passwordHash);
    return this.transactions.run(async () => {
      await this.secrets.consume(secret);
      const user = await this.accounts.create(registration, proven, proof.username, client);
      await this.pending.take(registration.id, proven);
      return user;
    });
  }

  private find({ token, registrationId, code }: RegistrationProof): Promise<TokenRecord> {
    if (token !== undefined) return this.secrets.peek('registration', token);
    if (registrationId !== undefined && code !== undefined)
      return this.secrets.peekCode('registration', registrationId, code);
    throw new AuthError(CoreErrors.invalid_code);
  }

  private async assertPassword(
    registrationId: string,
    password: string,
    passwordHash: string,
  ): Promise<void> {
    await this.guesses.reserve(PASSWORD_BUDGET, registrationId);
    assertThat(await this.hasher.verify(password, passwordHash), CoreErrors.invalid_credentials);
    await this.guesses.clear(PASSWORD_BUDGET, registrationId);
  }
}

/** The address that the secret was sent to. */
function provenBy({ email, phoneNumber }: TokenRecord): Address {
  if (email !== null) return { field: 'email', value: email };
  assertThat(phoneNumber, CoreErrors.invalid_code);
  return { field: 'phone_number', value: phoneNumber };
}
