import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { hasOtherWay } from './address-removal-rule.js';
import { emailKey, usernameKey } from './identifier-key.js';
import { comparable, fieldOfIndex, UNIQUE_FIELDS, userOf } from './new-user.js';
import { isFoundIn } from './user-search.js';
import type { LoginIdentifier, NewUser, ProfileChanges, UniqueUserField, UserRecord } from './user.js';
import {
  type AddressRemoval,
  type Ban,
  type LockoutPolicy,
  type RaisedClaims,
  type ReservedAttempt,
  type UniqueWrite,
  type UserFilter,
  UserRepository,
  type UserSortField,
} from './user.repository.js';

/** The account without its address. */
const DETACHED = {
  email: { email: null, emailKey: null, emailVerified: false },
  phone_number: { phoneNumber: null, phoneNumberVerified: false },
};

type Change = (user: UserRecord) => Partial<UserRecord> | null;

@Injectable()
export class InMemoryUserRepository implements UserRepository {
  private readonly users: InMemoryTable<UserRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.users = database.table<UserRecord>('users', {
      unique: Object.values(UNIQUE_FIELDS).map(({ field, index }) => ({
        name: index,
        key: (user) => (user.deletedAt === null && user[field] !== null ? user[field] : undefined),
      })),
    });
  }

  create(user: NewUser): Promise<UniqueWrite> {
    return this.database.execute(() => {
      const record = userOf(user);
      const conflict = fieldOfIndex(this.users.conflictOf(record));
      return conflict ? { conflict } : { user: this.users.insert(record) };
    });
  }

  createFirstSuperAdmin(user: NewUser): Promise<UserRecord | null> {
    return this.database.execute(() => {
      if (this.users.find((other) => other.deletedAt === null && other.isSuperAdmin)) return null;
      const record = userOf({ ...user, isSuperAdmin: true });
      return this.users.conflictOf(record) === undefined ? this.users.insert(record) : null;
    });
  }

  findById(id: string): Promise<UserRecord | null> {
    return this.database.execute(() => this.users.get(id) ?? null);
  }

  findByIds(ids: readonly string[]): Promise<UserRecord[]> {
    return this.database.execute(() => ids.flatMap((id) => this.users.get(id) ?? []));
  }

  findByEmail(email: string): Promise<UserRecord | null> {
    return this.findByIdentifier(comparable('email', email));
  }

  findByUsername(username: string): Promise<UserRecord | null> {
    return this.findByIdentifier(comparable('username', username));
  }

  findByPhoneNumber(phoneNumber: string): Promise<UserRecord | null> {
    return this.findByIdentifier(comparable('phone_number', phoneNumber));
  }

  findByIdentifier(identifier: LoginIdentifier): Promise<UserRecord | null> {
    return this.database.execute(() => this.living(identifier) ?? null);
  }

  list(listing: Listing<UserSortField>, filter: UserFilter): Promise<{ rows: UserRecord[]; total: number }> {
    const { query } = filter;
    const matches = (user: UserRecord): boolean =>
      user.deletedAt === null &&
      (!query ||
        [user.name?.toLowerCase(), user.emailKey, user.usernameKey].some((value) => isFoundIn(value, query)));
    return this.database.execute(() =>
      paginate(this.users.filter(matches), listing, {
        created_at: (user) => user.createdAt,
        email: (user) => user.emailKey,
        username: (user) => user.usernameKey,
        name: (user) => user.name,
      }),
    );
  }

  isAvailable(field: UniqueUserField, value: string): Promise<boolean> {
    return this.database.execute(() => this.living(comparable(field, value)) === undefined);
  }

  reserveLoginAttempt(
    identifier: LoginIdentifier,
    policy: LockoutPolicy,
    now: Date,
  ): Promise<ReservedAttempt | null> {
    return this.database.execute(() => this.reserve(this.living(identifier), policy, now));
  }

  reserveAttemptById(id: string, policy: LockoutPolicy, now: Date): Promise<ReservedAttempt | null> {
    return this.database.execute(() =>
      this.reserve(
        this.users.find((user) => user.id === id && user.deletedAt === null),
        policy,
        now,
      ),
    );
  }

  async clearLoginAttempts(id: string): Promise<void> {
    await this.change(id, () => ({ failedLoginAttempts: 0, lockedUntil: null }));
  }

  setPassword(
    id: string,
    passwordHash: string | null,
    expected?: { tokenVersion: number },
  ): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.deletedAt === null && (!expected || expected.tokenVersion === user.tokenVersion)
        ? { passwordHash, tokenVersion: user.tokenVersion + 1, failedLoginAttempts: 0, lockedUntil: null }
        : null,
    );
  }

  async rehashPassword(id: string, from: string, to: string): Promise<boolean> {
    return (
      (await this.change(id, (user) => (user.passwordHash === from ? { passwordHash: to } : null))) !== null
    );
  }

  raiseTokenVersion(id: string): Promise<UserRecord | null> {
    return this.change(id, (user) => ({ tokenVersion: user.tokenVersion + 1 }));
  }

  raiseClaimsVersions(ids: readonly string[]): Promise<RaisedClaims[]> {
    return this.database.execute(() =>
      [...new Set(ids)].flatMap((id) => {
        const user = this.users.get(id);
        if (user?.deletedAt !== null) return [];
        const claimsVersion = user.claimsVersion + 1;
        this.users.update(id, { claimsVersion });
        return [{ id, claimsVersion }];
      }),
    );
  }

  updateProfile(id: string, changes: ProfileChanges): Promise<UserRecord | null> {
    const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
    return this.change(id, (user) => (user.deletedAt === null ? given : null));
  }

  changeUsername(id: string, username: string): Promise<UniqueWrite> {
    return this.changeUnique(id, () => ({ username, usernameKey: usernameKey(username) }));
  }

  verifyEmail(id: string, email: string): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.deletedAt === null && user.emailKey === emailKey(email) ? { emailVerified: true } : null,
    );
  }

  verifyPhoneNumber(id: string, phoneNumber: string): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.deletedAt === null && user.phoneNumber === phoneNumber ? { phoneNumberVerified: true } : null,
    );
  }

  changeEmail(id: string, from: string | null, to: string): Promise<UniqueWrite> {
    return this.changeUnique(id, (user) =>
      user.emailKey === (from === null ? null : emailKey(from))
        ? { email: to, emailKey: emailKey(to), emailVerified: true }
        : null,
    );
  }

  changePhoneNumber(id: string, from: string | null, to: string): Promise<UniqueWrite> {
    return this.changeUnique(id, (user) =>
      user.phoneNumber === from ? { phoneNumber: to, phoneNumberVerified: true } : null,
    );
  }

  detachAddress(id: string, field: 'email' | 'phone_number'): Promise<UserRecord | null> {
    return this.change(id, (user) => (user.deletedAt === null ? DETACHED[field] : null));
  }

  removeAddress(id: string, field: 'email' | 'phone_number', address: string): Promise<AddressRemoval> {
    return this.database.execute((): AddressRemoval => {
      const user = this.users.get(id);
      const { field: key } = UNIQUE_FIELDS[field];
      if (!user || user.deletedAt !== null || user[key] !== comparable(field, address).value)
        return { missing: true };
      if (!hasOtherWay(user, field)) return { last: true };
      return { user: this.users.update(id, { ...DETACHED[field], updatedAt: new Date() }) ?? user };
    });
  }

  setEmailVerified(id: string, verified: boolean): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.deletedAt === null && user.email !== null ? { emailVerified: verified } : null,
    );
  }

  ban(id: string, ban: Ban): Promise<UserRecord | null> {
    return this.change(id, (user) => ({
      bannedAt: ban.at,
      bannedUntil: ban.until,
      banReason: ban.reason,
      bannedBy: ban.by,
      tokenVersion: user.tokenVersion + 1,
    }));
  }

  unban(id: string): Promise<UserRecord | null> {
    return this.change(id, () => ({ bannedAt: null, bannedUntil: null, banReason: null, bannedBy: null }));
  }

  setActive(id: string, active: boolean): Promise<UserRecord | null> {
    return this.change(id, (user) => ({ active, tokenVersion: user.tokenVersion + (active ? 0 : 1) }));
  }

  softDelete(id: string, now: Date): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.deletedAt === null ? { deletedAt: now, tokenVersion: user.tokenVersion + 1 } : null,
    );
  }

  restore(id: string): Promise<UniqueWrite> {
    return this.changeUnique(id, (user) => (user.deletedAt === null ? null : { deletedAt: null }), 'deleted');
  }

  delete(id: string): Promise<boolean> {
    return this.database.execute(() => {
      for (const name of ['tokens', 'sessions', 'session_families'])
        this.database.deleteWhere(name, 'userId', id);
      this.database.deleteWhere('session_families', 'impersonatorId', id);
      this.database.deleteReferencing('users', id);
      return this.users.delete(id);
    });
  }

  listDeletedBefore(cutoff: Date, limit: number): Promise<string[]> {
    return this.database.execute(() =>
      this.users
        .filter((user) => user.deletedAt !== null && user.deletedAt < cutoff)
        .sort((one, other) => (one.deletedAt?.getTime() ?? 0) - (other.deletedAt?.getTime() ?? 0))
        .slice(0, limit)
        .map((user) => user.id),
    );
  }

  private living({ field, value }: LoginIdentifier): UserRecord | undefined {
    const key = UNIQUE_FIELDS[field].field;
    return this.users.find((user) => user.deletedAt === null && user[key] === value);
  }

  private reserve(user: UserRecord | undefined, policy: LockoutPolicy, now: Date): ReservedAttempt | null {
    if (!user) return null;
    if (user.lockedUntil !== null && user.lockedUntil > now) return { user, locked: true };
    const failedLoginAttempts = user.lockedUntil === null ? user.failedLoginAttempts + 1 : 1;
    const lockedUntil =
      failedLoginAttempts >= policy.maxAttempts ? new Date(now.getTime() + policy.durationMs) : null;
    return { user: this.users.update(user.id, { failedLoginAttempts, lockedUntil }) ?? user, locked: false };
  }

  private change(id: string, change: Change): Promise<UserRecord | null> {
    return this.database.execute(() => {
      const user = this.users.get(id);
      const changes = user && change(user);
      return changes ? (this.users.update(id, { ...changes, updatedAt: new Date() }) ?? null) : null;
    });
  }

  private changeUnique(
    id: string,
    change: Change,
    state: 'living' | 'deleted' = 'living',
  ): Promise<UniqueWrite> {
    return this.database.execute(() => {
      const user = this.users.get(id);
      const changes = user && (user.deletedAt === null) === (state === 'living') ? change(user) : null;
      if (!user || !changes) return { missing: true };
      const changed = { ...user, ...changes, updatedAt: new Date() };
      const conflict = fieldOfIndex(this.users.conflictOf(changed));
      if (conflict) return { conflict };
      this.users.update(id, changed);
      return { user: changed };
    });
  }
}
