import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { emailKey, usernameKey } from './identifier-key.js';
import type { LoginIdentifier, NewUser, UniqueUserField, UserRecord } from './user.js';

const DEFAULTS = {
  realmId: DEFAULT_REALM_ID,
  name: null,
  firstName: null,
  lastName: null,
  email: null,
  username: null,
  phoneNumber: null,
  passwordHash: null,
  avatar: null,
  biography: null,
  locale: null,
  active: true,
  emailVerified: false,
  phoneNumberVerified: false,
  isSuperAdmin: false,
  tokenVersion: 0,
  claimsVersion: 0,
  failedLoginAttempts: 0,
  lockedUntil: null,
  bannedAt: null,
  bannedUntil: null,
  banReason: null,
  bannedBy: null,
  deletedAt: null,
  lastLoginAt: null,
} as const satisfies Partial<UserRecord>;

/** A new account with every default filled in. */
export function userOf(user: NewUser): UserRecord {
  const given = Object.fromEntries(
    Object.entries<unknown>({ ...user }).filter(([, value]) => value !== undefined),
  );
  return {
    ...DEFAULTS,
    ...given,
    id: user.id,
    emailKey: user.email ? emailKey(user.email) : null,
    usernameKey: user.username ? usernameKey(user.username) : null,
    createdAt: user.createdAt,
    updatedAt: user.createdAt,
  };
}

/** The columns that unique fields are compared by, and the indexes that guard them. */
export const UNIQUE_FIELDS: Readonly<
  Record<
    UniqueUserField,
    { field: 'emailKey' | 'usernameKey' | 'phoneNumber'; column: string; index: string }
  >
> = {
  email: { field: 'emailKey', column: 'email_key', index: 'users_email_key' },
  username: { field: 'usernameKey', column: 'username_key', index: 'users_username_key' },
  phone_number: { field: 'phoneNumber', column: 'phone_number', index: 'users_phone_number_key' },
};

/** A value as it is compared. */
export function comparable(field: UniqueUserField, value: string): LoginIdentifier {
  if (field === 'email') return { field, value: emailKey(value) };
  return { field, value: field === 'username' ? usernameKey(value) : value };
}

/** Which field an index of `users` guards. */
export function fieldOfIndex(index: string | undefined): UniqueUserField | undefined {
  const fields: readonly UniqueUserField[] = ['email', 'username', 'phone_number'];
  return fields.find((field) => UNIQUE_FIELDS[field].index === index);
}
