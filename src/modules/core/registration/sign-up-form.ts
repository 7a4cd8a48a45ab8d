import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';
import type { ResolvedCoreOptions } from '../core.options.js';
import { parseEmailAddress } from '../user/email-address.js';
import { parsePhoneNumber } from '../user/phone-number.js';
import { parseUsername } from '../user/username.js';
import type { Address } from '../verification/address-requests.js';

type Addresses = Pick<SignUpForm, 'email' | 'phoneNumber'>;
type VerificationPolicies = Pick<ResolvedCoreOptions, 'emailVerification' | 'phoneVerification'>;

/** A sign-up as it comes in. */
export interface SignUpRequest {
  readonly email?: string | null;
  readonly phoneNumber?: string | null;
  readonly username?: string | null;
  readonly password: string;
  readonly name?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly locale?: string | null;
}

/** A sign-up with its identifiers parsed. */
export interface SignUpForm {
  readonly email: string | null;
  readonly phoneNumber: string | null;
  readonly username: string | null;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  readonly locale: string | null;
}

/** @throws core.identifier_required, core.invalid_email, core.invalid_phone_number, core.invalid_username, core.username_reserved */
export function parseSignUp(request: SignUpRequest, options: ResolvedCoreOptions): SignUpForm {
  const form: SignUpForm = {
    email: parsed(request.email, (text) => parseEmailAddress(text)),
    phoneNumber: parsed(request.phoneNumber, (text) => parsePhoneNumber(text)),
    username: parsed(request.username, (text) => parseUsername(text, options.reservedUsernames)),
    name: request.name ?? null,
    firstName: request.firstName ?? null,
    lastName: request.lastName ?? null,
    locale: request.locale ?? null,
  };
  if (!form.email && !form.phoneNumber && !form.username) throw new AuthError(CoreErrors.identifier_required);
  return form;
}

/**
 * The address that has to be proven before there is an account; `null`: none. Email first where both are required. Where something is
 * required, an address of that kind has to be there: a username alone would go around it.
 * @throws core.identifier_required
 */
export function addressToProve(form: Addresses, options: VerificationPolicies): Address | null {
  const required = {
    email: options.emailVerification === 'required',
    phone_number: options.phoneVerification === 'required',
  };
  if (required.email && form.email) return { field: 'email', value: form.email };
  if (required.phone_number && form.phoneNumber) return { field: 'phone_number', value: form.phoneNumber };
  const needed = (['email', 'phone_number'] as const).filter((field) => required[field]);
  if (needed.length === 0) return null;
  throw new AuthError(CoreErrors.identifier_required, {
    detail: `Sign-up needs ${needed.join(' or ')} here.`,
    fields: needed.map((field) => ({
      field,
      code: 'required',
      message: 'This has to be proven before there is an account.',
    })),
  });
}

/** The addresses of a sign-up that an account may have without a proof. */
export function openAddresses(form: Addresses, options: VerificationPolicies): Address[] {
  const addresses: Address[] = [];
  if (form.email && options.emailVerification === 'optional')
    addresses.push({ field: 'email', value: form.email });
  if (form.phoneNumber && options.phoneVerification === 'optional')
    addresses.push({ field: 'phone_number', value: form.phoneNumber });
  return addresses;
}

function parsed<T>(value: string | null | undefined, parse: (text: string) => T): T | null {
  return value === null || value === undefined ? null : parse(value);
}
