import type { Listing } from '../../../shared/listing/listing.js';
import type { LoginIdentifier, NewUser, ProfileChanges, UniqueUserField, UserRecord } from './user.js';

export type UserSortField = 'created_at' | 'email' | 'username' | 'name';

export interface UserFilter {
  /** Literal text looked for in name, email and username, whatever its case; at their beginnings alone, if it is shorter than three characters. */
  readonly query?: string;
}

export interface LockoutPolicy {
  readonly maxAttempts: number;
  readonly durationMs: number;
}

export interface ReservedAttempt {
  readonly user: UserRecord;
  /** True: the account was locked when the attempt came in, and nothing was counted. */
  readonly locked: boolean;
}

export interface Ban {
  readonly at: Date;
  readonly until: Date | null;
  readonly reason: string | null;
  readonly by: string | null;
}

/** An account whose claims version has been raised. */
export interface RaisedClaims {
  readonly id: string;
  readonly claimsVersion: number;
}

/** The answer of a write that may meet somebody else's unique value. */
export type UniqueWrite =
  { readonly user: UserRecord } | { readonly conflict: UniqueUserField } | { readonly missing: true };

/** `last`: without the address nobody could sign in to the account any more. `missing`: the account does not have it. */
export type AddressRemoval =
  { readonly user: UserRecord } | { readonly last: true } | { readonly missing: true };

/**
 * Accounts. Every method is one atomic statement. Lookups by email, username and phone number see living accounts only (`deletedAt` is null);
 * `findById` sees all. Values of email, username and phone number are passed as written and compared by `emailKey` and `usernameKey`.
 */
export abstract class UserRepository {
  /** Inserts, or says which unique field is taken; never throws for a conflict. */
  abstract create(user: NewUser): Promise<UniqueWrite>;
  /**
   * Inserts the account if there is no living super admin; of simultaneous callers one gets it. `null`: there is one, or a unique
   * field is taken. Joins the transaction, and needs one: the lock that makes callers take turns lasts to its end.
   */
  abstract createFirstSuperAdmin(user: NewUser): Promise<UserRecord | null>;
  abstract findById(id: string): Promise<UserRecord | null>;
  /** Those that exist, in no order. */
  abstract findByIds(ids: readonly string[]): Promise<UserRecord[]>;
  abstract findByEmail(email: string): Promise<UserRecord | null>;
  abstract findByUsername(username: string): Promise<UserRecord | null>;
  abstract findByPhoneNumber(phoneNumber: string): Promise<UserRecord | null>;
  abstract findByIdentifier(identifier: LoginIdentifier): Promise<UserRecord | null>;
  abstract list(
    listing: Listing<UserSortField>,
    filter: UserFilter,
  ): Promise<{ rows: UserRecord[]; total: number }>;
  abstract isAvailable(field: UniqueUserField, value: string): Promise<boolean>;

  /**
   * Counts a password attempt before it is checked: the attempt that reaches the maximum sets `lockedUntil`; an expired lock starts over at one.
   * `null`: no such account.
   */
  abstract reserveLoginAttempt(
    identifier: LoginIdentifier,
    policy: LockoutPolicy,
    now: Date,
  ): Promise<ReservedAttempt | null>;
  /** The same for a known account (a password asked for while signed in). */
  abstract reserveAttemptById(id: string, policy: LockoutPolicy, now: Date): Promise<ReservedAttempt | null>;
  /** Clears counter and lock after a right password that is not a login; a login's session does so by itself (`SessionRepository.startByLogin`). */
  abstract clearLoginAttempts(id: string): Promise<void>;

  /** Sets or (with `null`) removes the password, clears the lock and raises `tokenVersion`. With `tokenVersion`, only if it is still that one. */
  abstract setPassword(
    id: string,
    passwordHash: string | null,
    expected?: { tokenVersion: number },
  ): Promise<UserRecord | null>;
  /** Replaces the hash of the same password, if it is still `from`. Raises nothing. */
  abstract rehashPassword(id: string, from: string, to: string): Promise<boolean>;
  /** Raises `tokenVersion`: everything issued before is dead. */
  abstract raiseTokenVersion(id: string): Promise<UserRecord | null>;
  /** Raises `claimsVersion` of those that live, whose rows it locks in the order of the ids. */
  abstract raiseClaimsVersions(ids: readonly string[]): Promise<RaisedClaims[]>;

  abstract updateProfile(id: string, changes: ProfileChanges): Promise<UserRecord | null>;
  abstract changeUsername(id: string, username: string): Promise<UniqueWrite>;
  /** Marks the address as proven if the account still has it. */
  abstract verifyEmail(id: string, email: string): Promise<UserRecord | null>;
  abstract verifyPhoneNumber(id: string, phoneNumber: string): Promise<UserRecord | null>;
  /** Sets an address that has just been proven, if the current one is still `from`. */
  abstract changeEmail(id: string, from: string | null, to: string): Promise<UniqueWrite>;
  abstract changePhoneNumber(id: string, from: string | null, to: string): Promise<UniqueWrite>;
  /** Takes an address off the account, proven or not. */
  abstract detachAddress(id: string, field: 'email' | 'phone_number'): Promise<UserRecord | null>;
  /**
   * Takes an address off the account if it still has that one, and another way in remains: a proven other address; or, with a password, the
   * username where there is no other address, or an unproven other address where the one that goes was not proven either.
   */
  abstract removeAddress(
    id: string,
    field: 'email' | 'phone_number',
    address: string,
  ): Promise<AddressRemoval>;
  abstract setEmailVerified(id: string, verified: boolean): Promise<UserRecord | null>;

  abstract ban(id: string, ban: Ban): Promise<UserRecord | null>;
  abstract unban(id: string): Promise<UserRecord | null>;
  abstract setActive(id: string, active: boolean): Promise<UserRecord | null>;
  /** Sets `deletedAt` and raises `tokenVersion`; frees email, username and phone number. */
  abstract softDelete(id: string, now: Date): Promise<UserRecord | null>;
  /** Clears `deletedAt`, unless one of its addresses has a new owner. */
  abstract restore(id: string): Promise<UniqueWrite>;
  /** Removes the row and, by foreign keys, everything of core that hangs on it. */
  abstract delete(id: string): Promise<boolean>;
  abstract listDeletedBefore(cutoff: Date, limit: number): Promise<string[]>;
}
