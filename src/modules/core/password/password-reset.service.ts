import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import { parseEmailAddress } from '../user/email-address.js';
import { parsePhoneNumber } from '../user/phone-number.js';
import { type Address, addressSubject, AddressRequests } from '../verification/address-requests.js';
import { NewPassword } from './new-password.js';
import { PasswordResetCompletion } from './password-reset-completion.js';

/** One of the two. */
export interface NamedAddress {
  readonly email?: string;
  readonly phoneNumber?: string;
}

/** The link's token, or an address with its code. */
export interface PasswordResetProof extends NamedAddress {
  readonly token?: string;
  readonly code?: string;
}

/** Forgotten passwords. */
@Injectable()
export class PasswordResetService {
  constructor(
    private readonly requests: AddressRequests,
    private readonly secrets: SingleUseSecrets,
    private readonly completion: PasswordResetCompletion,
    private readonly passwords: NewPassword,
  ) {}

  /**
   * Answers alike for every address. `withLink`: a text message brings a link beside its code.
   * @throws core.identifier_required, core.invalid_email, core.invalid_phone_number, core.sender_unavailable, core.rate_limited
   */
  async request(named: NamedAddress, options: { withLink?: boolean } = {}): Promise<void> {
    const address = parseAddress(named);
    await this.requests.count('password_reset', address);
    await this.requests.enqueue('password_reset_request', { address, withLink: options.withLink ?? false });
  }

  /**
   * Replaces the password, clears the lock and ends every session; the address counts as proven then. It signs nobody in. A password that
   * is refused does not consume the secret.
   * @throws core.invalid_code, core.too_many_attempts, core.account_banned …, and what `NewPassword.hash` throws
   */
  async reset(proof: PasswordResetProof, password: string, client: ClientInfo): Promise<void> {
    const secret = await this.find(proof);
    const user = await this.completion.ownerOf(secret);
    const passwordHash = await this.passwords.hash(password, user);
    await this.completion.complete(secret, user, passwordHash, client);
  }

  private find({ token, code, ...named }: PasswordResetProof): Promise<TokenRecord> {
    const hasAddress = named.email !== undefined || named.phoneNumber !== undefined;
    if (token !== undefined && code === undefined && !hasAddress)
      return this.secrets.peek('password_reset', token);
    assertThat(token === undefined && code !== undefined && hasAddress, GeneralErrors.validation_failed, {
      detail: 'Expected token, or email and code, or phone_number and code.',
    });
    return this.secrets.peekCode('password_reset', addressSubject(parseAddress(named)), code);
  }
}

function parseAddress({ email, phoneNumber }: NamedAddress): Address {
  if (email !== undefined && phoneNumber === undefined)
    return { field: 'email', value: parseEmailAddress(email) };
  if (phoneNumber !== undefined && email === undefined)
    return { field: 'phone_number', value: parsePhoneNumber(phoneNumber) };
  throw new AuthError(CoreErrors.identifier_required, {
    detail: 'Give exactly one of email and phone_number.',
  });
}
