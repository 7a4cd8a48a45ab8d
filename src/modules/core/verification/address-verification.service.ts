import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { CoreErrors } from '../core.errors.js';
import { RegistrationConfirmation } from '../registration/registration-confirmation.js';
import { SingleUseSecrets } from '../token/single-use-secrets.js';
import type { TokenRecord } from '../token/token.js';
import { parseEmailAddress } from '../user/email-address.js';
import { parsePhoneNumber } from '../user/phone-number.js';
import type { UserRecord } from '../user/user.js';
import { addressSubject, AddressRequests } from './address-requests.js';
import { EmailVerificationService } from './email-verification.service.js';
import { PhoneVerificationService } from './phone-verification.service.js';

export interface ResendRequest {
  /** Of a sign-up that waits; without it the account of the address is meant, or else the newest sign-up. */
  readonly registrationId?: string;
}

/** How an address is proven: for an account by its secret alone, for a sign-up by secret and password. */
export interface AddressProof {
  readonly token?: string;
  readonly email?: string;
  readonly phoneNumber?: string;
  readonly registrationId?: string;
  readonly code?: string;
  readonly password?: string;
  readonly username?: string;
}

export interface AddressConfirmation {
  readonly status: 'verified' | 'registered';
  /** The account that a sign-up has become; its password was shown. */
  readonly user: UserRecord | null;
}

/** Nothing of the account: whoever opens a message has shown no more than that. */
const VERIFIED: AddressConfirmation = { status: 'verified', user: null };

/** Proof of email addresses and phone numbers by whoever holds them, signed in or not. */
@Injectable()
export class AddressVerificationService {
  constructor(
    private readonly requests: AddressRequests,
    private readonly secrets: SingleUseSecrets,
    private readonly registrations: RegistrationConfirmation,
    private readonly emails: EmailVerificationService,
    private readonly phoneNumbers: PhoneVerificationService,
  ) {}

  /** Answers alike for every address. @throws core.invalid_email, core.sender_unavailable, core.rate_limited */
  async requestEmail(text: string, { registrationId }: ResendRequest = {}): Promise<void> {
    const email = parseEmailAddress(text);
    await this.requests.count('email_verification', { field: 'email', value: email });
    await this.requests.enqueue('email_verification_request', {
      email,
      registrationId: registrationId ?? null,
    });
  }

  /** Answers alike for every number. @throws core.invalid_phone_number, core.sender_unavailable, core.rate_limited */
  async requestPhone(text: string, { registrationId }: ResendRequest = {}): Promise<void> {
    const phoneNumber = parsePhoneNumber(text);
    await this.requests.count('phone_verification', { field: 'phone_number', value: phoneNumber });
    await this.requests.enqueue('phone_verification_request', {
      phoneNumber,
      registrationId: registrationId ?? null,
    });
  }

  /** @throws core.invalid_code, core.too_many_attempts, and what `RegistrationConfirmation.confirm` throws */
  async confirmEmail(proof: AddressProof, client: ClientInfo): Promise<AddressConfirmation> {
    if (isRegistration(proof)) return this.register(proof, client);
    const { token, email, code } = proof;
    if (token !== undefined) return this.verifyEmail(await this.findLink(token), client);
    if (email === undefined || code === undefined)
      throw incomplete('token, or email and code, or registration_id, code and password');
    const subject = addressSubject({ field: 'email', value: parseEmailAddress(email) });
    return this.verifyEmail(await this.secrets.peekCode('email_verification', subject, code), client);
  }

  /** As `confirmEmail`. */
  async confirmPhone(proof: AddressProof, client: ClientInfo): Promise<AddressConfirmation> {
    if (isRegistration(proof)) return this.register(proof, client);
    const { phoneNumber, code } = proof;
    if (phoneNumber === undefined || code === undefined)
      throw incomplete('phone_number and code, or registration_id, code and password');
    const subject = parsePhoneNumber(phoneNumber);
    await this.phoneNumbers.confirm(await this.secrets.peekCode('phone_verification', subject, code), client);
    return VERIFIED;
  }

  private async verifyEmail(secret: TokenRecord, client: ClientInfo): Promise<AddressConfirmation> {
    await this.emails.confirm(secret, client);
    return VERIFIED;
  }

  private async register(proof: AddressProof, client: ClientInfo): Promise<AddressConfirmation> {
    const { password } = proof;
    if (password === undefined) throw passwordNeeded();
    const { token, registrationId, code, username } = proof;
    const user = await this.registrations.confirm(
      { token, registrationId, code, password, username },
      client,
    );
    return { status: 'registered', user };
  }

  private async findLink(token: string): Promise<TokenRecord> {
    const secret = await this.secrets.find('email_verification', token);
    if (secret) return secret;
    // A sign-up's link without its password: say so, and consume nothing.
    if (await this.secrets.find('registration', token)) throw passwordNeeded();
    throw new AuthError(CoreErrors.invalid_code);
  }
}

/** A sign-up is confirmed with its password, an account's address without one. */
function isRegistration({ registrationId, password }: AddressProof): boolean {
  return registrationId !== undefined || password !== undefined;
}

function incomplete(expected: string): AuthError {
  return new AuthError(GeneralErrors.validation_failed, { detail: `Expected ${expected}.` });
}

function passwordNeeded(): AuthError {
  const message = 'Confirming a sign-up needs the password that was chosen.';
  return new AuthError(GeneralErrors.validation_failed, {
    fields: [{ field: 'password', code: 'required', message }],
  });
}
