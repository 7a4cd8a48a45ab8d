import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { emailKey } from './identifier-key.js';
import { fieldOfIndex } from './new-user.js';
import { type ManagedUserFilter, UserAdministrationRepository } from './user-administration.repository.js';
import { isFoundIn } from './user-search.js';
import type { UserRecord } from './user.js';
import { type UniqueWrite, UserRepository, type UserSortField } from './user.repository.js';

@Injectable()
export class InMemoryUserAdministrationRepository implements UserAdministrationRepository {
  constructor(
    private readonly database: InMemoryDatabase,
    /** Makes the table. */
    _users: UserRepository,
  ) {}

  async list(
    listing: Listing<UserSortField>,
    filter: ManagedUserFilter,
  ): Promise<{ rows: UserRecord[]; total: number }> {
    const ids = filter.within && new Set(await filter.within.ids());
    return this.database.execute(() =>
      paginate(
        this.users.filter((user) => (!ids || ids.has(user.id)) && matches(user, filter)),
        listing,
        {
          created_at: (user) => user.createdAt,
          email: (user) => user.emailKey,
          username: (user) => user.usernameKey,
          name: (user) => user.name,
        },
      ),
    );
  }

  livingAfter(id: string | null, limit: number): Promise<UserRecord[]> {
    return this.database.execute(() =>
      this.users
        .filter((user) => user.deletedAt === null && (id === null || user.id > id))
        .sort(byId)
        .slice(0, limit),
    );
  }

  lock(id: string): Promise<UserRecord | null> {
    return this.database.execute(() => this.users.get(id) ?? null);
  }

  lockSuperAdmins(id: string): Promise<UserRecord[]> {
    return this.database.execute(() =>
      this.users.get(id)?.isSuperAdmin
        ? this.users.filter((user) => user.isSuperAdmin && user.deletedAt === null).sort(byId)
        : [],
    );
  }

  setSuperAdmin(id: string, isSuperAdmin: boolean): Promise<UserRecord | null> {
    return this.change(id, (user) =>
      user.isSuperAdmin === isSuperAdmin ? null : { isSuperAdmin, tokenVersion: user.tokenVersion + 1 },
    );
  }

  assignEmail(id: string, email: string | null, verified: boolean): Promise<UniqueWrite> {
    return this.changeUnique(id, {
      email,
      emailKey: email === null ? null : emailKey(email),
      emailVerified: email !== null && verified,
    });
  }

  assignPhoneNumber(id: string, phoneNumber: string | null, verified: boolean): Promise<UniqueWrite> {
    return this.changeUnique(id, {
      phoneNumber,
      phoneNumberVerified: phoneNumber !== null && verified,
    });
  }

  setPhoneNumberVerified(id: string, verified: boolean): Promise<UserRecord | null> {
    return this.change(id, (user) => (user.phoneNumber === null ? null : { phoneNumberVerified: verified }));
  }

  private get users(): InMemoryTable<UserRecord> {
    return this.database.existingTable<UserRecord>('users');
  }

  private change(
    id: string,
    change: (user: UserRecord) => Partial<UserRecord> | null,
  ): Promise<UserRecord | null> {
    return this.database.execute(() => {
      const user = this.users.get(id);
      const changes = user?.deletedAt === null ? change(user) : null;
      return changes ? (this.users.update(id, { ...changes, updatedAt: new Date() }) ?? null) : null;
    });
  }

  private changeUnique(id: string, changes: Partial<UserRecord>): Promise<UniqueWrite> {
    return this.database.execute((): UniqueWrite => {
      const user = this.users.get(id);
      if (user?.deletedAt !== null) return { missing: true };
      const changed = { ...user, ...changes, updatedAt: new Date() };
      const conflict = fieldOfIndex(this.users.conflictOf(changed));
      if (conflict) return { conflict };
      this.users.update(id, changed);
      return { user: changed };
    });
  }
}

function matches(user: UserRecord, filter: ManagedUserFilter): boolean {
  const { query, banned, emailVerified, active, superAdmin, createdFrom, createdBefore } = filter;
  const texts = [user.name?.toLowerCase(), user.emailKey, user.usernameKey, user.phoneNumber];
  const checks = [
    (user.deletedAt !== null) === (filter.deleted ?? false),
    !query || texts.some((value) => isFoundIn(value, query)),
    !banned || isBanned(user, banned.now) === banned.is,
    emailVerified === undefined || user.emailVerified === emailVerified,
    active === undefined || user.active === active,
    superAdmin === undefined || user.isSuperAdmin === superAdmin,
    !createdFrom || user.createdAt >= createdFrom,
    !createdBefore || user.createdAt < createdBefore,
  ];
  return checks.every(Boolean);
}

function isBanned({ bannedAt, bannedUntil }: UserRecord, now: Date): boolean {
  return bannedAt !== null && (bannedUntil === null || bannedUntil > now);
}

function byId(one: UserRecord, other: UserRecord): number {
  return one.id < other.id ? -1 : 1;
}
