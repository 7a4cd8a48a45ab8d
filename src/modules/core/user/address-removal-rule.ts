import type { UserRecord } from './user.js';

type AddressField = 'email' | 'phone_number';

/**
 * Whether somebody can sign in to the account without the address: by a proven other one; by password with the username, where there is no other
 * one; or by password with the other one unproven, where the one that goes was not proven either. An address that nobody proved must not become
 * the way to recover a proven account.
 */
export function hasOtherWay(user: UserRecord, without: AddressField): boolean {
  const email = { value: user.emailKey, proven: user.emailVerified };
  const phone = { value: user.phoneNumber, proven: user.phoneNumberVerified };
  const [gone, other] = without === 'email' ? [email, phone] : [phone, email];
  if (other.value !== null && other.proven) return true;
  if (user.passwordHash === null) return false;
  return other.value === null ? user.username !== null : !gone.proven;
}

/** The same as a condition on a row of `castellan.users`. */
export function otherWay(without: AddressField): string {
  const [gone, other] = without === 'email' ? ['email', 'phone_number'] : ['phone_number', 'email'];
  const byPassword = `CASE WHEN ${other} IS NULL THEN username IS NOT NULL ELSE NOT ${gone}_verified END`;
  return `(${other} IS NOT NULL AND ${other}_verified) OR (password IS NOT NULL AND ${byPassword})`;
}

/** Assignments that take an address off. */
export function detachment(field: AddressField): string {
  return field === 'email'
    ? 'email = NULL, email_key = NULL, email_verified = false'
    : 'phone_number = NULL, phone_number_verified = false';
}
