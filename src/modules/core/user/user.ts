/** An account as the services see it. Absent identifiers are `null`, never an empty string. */
export interface UserRecord {
  readonly id: string;
  readonly realmId: string;
  readonly name: string | null;
  readonly firstName: string | null;
  readonly lastName: string | null;
  /** As its owner writes it; compared by `emailKey`. */
  readonly email: string | null;
  readonly emailKey: string | null;
  /** Case kept; compared by `usernameKey`. */
  readonly username: string | null;
  readonly usernameKey: string | null;
  /** E.164. */
  readonly phoneNumber: string | null;
  /** Hidden. `null`: the account has no password (it signs in by other means). */
  readonly passwordHash: string | null;
  readonly avatar: string | null;
  readonly biography: string | null;
  /** BCP 47, for mail and messages. */
  readonly locale: string | null;
  readonly active: boolean;
  readonly emailVerified: boolean;
  readonly phoneNumberVerified: boolean;
  readonly isSuperAdmin: boolean;
  /** Hidden. Grows whenever what was issued before must die. */
  readonly tokenVersion: number;
  /** Hidden. Grows whenever what tokens say about the account may have changed (its roles, say): access tokens from before are out of date, sessions go on. */
  readonly claimsVersion: number;
  /** Hidden. Attempts reserved since the last success. */
  readonly failedLoginAttempts: number;
  /** Hidden. Password login is refused until then. */
  readonly lockedUntil: Date | null;
  readonly bannedAt: Date | null;
  /** `null` with `bannedAt` set: for good. */
  readonly bannedUntil: Date | null;
  readonly banReason: string | null;
  readonly bannedBy: string | null;
  readonly deletedAt: Date | null;
  readonly lastLoginAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What decides whether an account may act, see `AccountCheck`. */
export type AccountStanding = Pick<
  UserRecord,
  | 'email'
  | 'emailVerified'
  | 'phoneNumber'
  | 'phoneNumberVerified'
  | 'active'
  | 'bannedAt'
  | 'bannedUntil'
  | 'banReason'
  | 'deletedAt'
>;

/** What a new account starts with; everything else takes its default. */
export interface NewUser {
  readonly id: string;
  readonly email?: string | null;
  readonly username?: string | null;
  readonly phoneNumber?: string | null;
  readonly passwordHash?: string | null;
  readonly name?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly avatar?: string | null;
  readonly biography?: string | null;
  readonly locale?: string | null;
  readonly emailVerified?: boolean;
  readonly phoneNumberVerified?: boolean;
  readonly isSuperAdmin?: boolean;
  readonly active?: boolean;
  readonly createdAt: Date;
}

/** What a user may change about themselves at once; `undefined` leaves a field, `null` clears it. */
export interface ProfileChanges {
  readonly name?: string | null;
  readonly firstName?: string | null;
  readonly lastName?: string | null;
  readonly avatar?: string | null;
  readonly biography?: string | null;
  readonly locale?: string | null;
}

/** The fields that are unique among living accounts of a realm. */
export type UniqueUserField = 'email' | 'username' | 'phone_number';

/** How somebody named the account that they sign in to; `value` is already the comparison key. */
export interface LoginIdentifier {
  readonly field: UniqueUserField;
  readonly value: string;
}
