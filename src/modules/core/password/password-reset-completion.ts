import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../core.errors.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { AddressClaim } from '../verification/address-claim.js';
import { type Address, addressSubject } from '../verification/address-requests.js';
import { PasswordReplacement } from './password-replacement.js';
import { ResetEligibility } from './reset-eligibility.js';

/** The part of a reset that follows its proof. */
@Injectable()
export class PasswordResetCompletion {
  constructor(
    private readonly users: UserRepository,
    private readonly eligibility: ResetEligibility,
    private readonly secrets: SingleUseSecrets,
    private readonly claims: AddressClaim,
    private readonly replacement: PasswordReplacement,
    private readonly transactions: TransactionRunner,
  ) {}

  /** The account behind the secret, if it has the address still. @throws core.invalid_code, core.account_banned … */
  async ownerOf(secret: TokenRecord): Promise<UserRecord> {
    const user = secret.userId === null ? null : await this.users.findById(secret.userId);
    assertThat(
      user && user.deletedAt === null && hasAddress(user, provenBy(secret)),
      CoreErrors.invalid_code,
    );
    this.eligibility.assertMayReset(user, provenBy(secret).field);
    return user;
  }

  /** Consumes the secret and sets the password, or neither. @throws core.invalid_code */
  async complete(
    secret: TokenRecord,
    user: UserRecord,
    passwordHash: string,
    client: ClientInfo,
  ): Promise<void> {
    await this.transactions.run(async () => {
      await this.secrets.consume(secret);
      const owner = await this.claims.claim(user, provenBy(secret), client, 'password_reset');
      await this.replacement.replace(owner, { passwordHash, reason: 'password_reset' }, client);
    });
  }
}

function provenBy({ email, phoneNumber }: TokenRecord): Address {
  if (email !== null) return { field: 'email', value: email };
  assertThat(phoneNumber, CoreErrors.invalid_code);
  return { field: 'phone_number', value: phoneNumber };
}

function hasAddress({ email, phoneNumber }: UserRecord, address: Address): boolean {
  const own = address.field === 'email' ? email : phoneNumber;
  return own !== null && addressSubject({ ...address, value: own }) === addressSubject(address);
}
