import type { Listing } from '../../../shared/listing/listing.js';
import type { UserRecord } from './user.js';
import type { UniqueWrite, UserSortField } from './user.repository.js';

/** Accounts that another module tells apart, such as those who have a role. */
export interface UserSet {
  ids(): Promise<readonly string[]>;
  /** The same as a subselect, with named parameters, for a store of accounts in the same database. Left out where there is none. */
  readonly select?: { readonly text: string; readonly values: Readonly<Record<string, unknown>> };
}

/** What an administrator's list of accounts can be narrowed by; what is left out does not narrow. */
export interface ManagedUserFilter {
  /** Literal text looked for in name, email, username and phone number, whatever its case; at their beginnings alone, if it is shorter than three characters. */
  readonly query?: string;
  /** Whether a ban is in force at that moment. */
  readonly banned?: { readonly is: boolean; readonly now: Date };
  /** Whether the email address is proven. */
  readonly emailVerified?: boolean;
  readonly active?: boolean;
  /** `true`: those that were soft-deleted alone. @default false: the living */
  readonly deleted?: boolean;
  readonly superAdmin?: boolean;
  /** Inclusive. */
  readonly createdFrom?: Date;
  /** Exclusive. */
  readonly createdBefore?: Date;
  /** Only these accounts. */
  readonly within?: UserSet;
}

/** Accounts as administrators see and change them. Every method is one atomic statement. */
export abstract class UserAdministrationRepository {
  abstract list(
    listing: Listing<UserSortField>,
    filter: ManagedUserFilter,
  ): Promise<{ rows: UserRecord[]; total: number }>;
  /** Living accounts in the order of their ids, behind the given one: a page that costs the same wherever it is. */
  abstract livingAfter(id: string | null, limit: number): Promise<UserRecord[]>;
  /** Locks the account's row to the end of the transaction, which has to be open, and reads it; deleted ones too. */
  abstract lock(id: string): Promise<UserRecord | null>;
  /**
   * If the account is a super admin: locks the rows of every living super admin, in the order of their ids, to the end of the transaction, which has to be
   * open, and returns them as they are then. Else none: nobody waits. Callers that take super admins away so take turns.
   */
  abstract lockSuperAdmins(id: string): Promise<UserRecord[]>;
  /** Makes a super admin of a living account, or takes that away; raises `tokenVersion`. `null`: there is no such account, or it was one (or none) already. */
  abstract setSuperAdmin(id: string, isSuperAdmin: boolean): Promise<UserRecord | null>;
  /** Gives a living account another email address, or (with `null`) none. */
  abstract assignEmail(id: string, email: string | null, verified: boolean): Promise<UniqueWrite>;
  /** Gives a living account another phone number, or (with `null`) none. */
  abstract assignPhoneNumber(id: string, phoneNumber: string | null, verified: boolean): Promise<UniqueWrite>;
  /** Vouches for the number that the account has, or takes that back. */
  abstract setPhoneNumberVerified(id: string, verified: boolean): Promise<UserRecord | null>;
}
