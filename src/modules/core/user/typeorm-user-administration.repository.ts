import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { columnList } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { Listing } from '../../../shared/listing/listing.js';
import { AuthUser } from './auth-user.entity.js';
import { emailKey } from './identifier-key.js';
import { TypeOrmUserWrites } from './typeorm-user-writes.js';
import {
  type ManagedUserFilter,
  UserAdministrationRepository,
  type UserSet,
} from './user-administration.repository.js';
import { USER_COLUMNS } from './user.columns.js';
import type { UserRecord } from './user.js';
import type { UniqueWrite, UserSortField } from './user.repository.js';
import { searchPattern } from './user-search.js';
import { LIVING, RECORD, SORT_COLUMNS } from './user.statements.js';

/** As it is now: a row that another transaction has just changed is read again once its lock is there. */
const LOCK_SUPER_ADMINS = `
  SELECT ${columnList(USER_COLUMNS, 'u')} FROM castellan.users u
  WHERE u.realm_id = $2 AND u.is_super_admin AND u.deleted_at IS NULL
    AND EXISTS (SELECT 1 FROM castellan.users t WHERE t.id = $1 AND t.is_super_admin)
  ORDER BY u.id FOR NO KEY UPDATE OF u`;

@Injectable()
export class TypeOrmUserAdministrationRepository
  extends TypeOrmUserWrites
  implements UserAdministrationRepository
{
  async list(
    listing: Listing<UserSortField>,
    filter: ManagedUserFilter,
  ): Promise<{ rows: UserRecord[]; total: number }> {
    const query = this.repository(AuthUser)
      .createQueryBuilder('user')
      .where('user.realmId = :realm', { realm: DEFAULT_REALM_ID })
      .andWhere(filter.deleted ? 'user.deletedAt IS NOT NULL' : 'user.deletedAt IS NULL');
    narrow(query, filter);
    if (filter.within) await narrowTo(query, filter.within);
    return this.listed(query, listing, SORT_COLUMNS, 'user.id');
  }

  livingAfter(id: string | null, limit: number): Promise<UserRecord[]> {
    const text = `SELECT ${RECORD} FROM castellan.users WHERE ${LIVING} AND ($1::uuid IS NULL OR id > $1) ORDER BY id LIMIT $2`;
    return this.context.query<UserRecord>(text, [id, limit]);
  }

  async lock(id: string): Promise<UserRecord | null> {
    const text = `SELECT ${RECORD} FROM castellan.users WHERE id = $1 FOR NO KEY UPDATE`;
    const [user] = await this.context.query<UserRecord>(text, [id]);
    return user ?? null;
  }

  lockSuperAdmins(id: string): Promise<UserRecord[]> {
    return this.context.query<UserRecord>(LOCK_SUPER_ADMINS, [id, DEFAULT_REALM_ID]);
  }

  setSuperAdmin(id: string, isSuperAdmin: boolean): Promise<UserRecord | null> {
    return this.change(
      id,
      'is_super_admin = $2, token_version = token_version + 1',
      [isSuperAdmin],
      'deleted_at IS NULL AND is_super_admin <> $2',
    );
  }

  assignEmail(id: string, email: string | null, verified: boolean): Promise<UniqueWrite> {
    return this.changeUnique(id, 'email = $2, email_key = $3, email_verified = $4', [
      email,
      email === null ? null : emailKey(email),
      email !== null && verified,
    ]);
  }

  assignPhoneNumber(id: string, phoneNumber: string | null, verified: boolean): Promise<UniqueWrite> {
    return this.changeUnique(id, 'phone_number = $2, phone_number_verified = $3', [
      phoneNumber,
      phoneNumber !== null && verified,
    ]);
  }

  setPhoneNumberVerified(id: string, verified: boolean): Promise<UserRecord | null> {
    const has = 'deleted_at IS NULL AND phone_number IS NOT NULL';
    return this.change(id, 'phone_number_verified = $2', [verified], has);
  }
}

const BANNED = '(user.bannedAt IS NOT NULL AND (user.bannedUntil IS NULL OR user.bannedUntil > :now))';

function narrow(query: SelectQueryBuilder<AuthUser>, filter: ManagedUserFilter): void {
  const { banned, emailVerified, active, superAdmin, createdFrom, createdBefore } = filter;
  if (filter.query) {
    query.andWhere(
      '(lower(user.name) LIKE :pattern OR user.emailKey LIKE :pattern OR user.usernameKey LIKE :pattern OR user.phoneNumber LIKE :pattern)',
      { pattern: searchPattern(filter.query) },
    );
  }
  if (banned) query.andWhere(banned.is ? BANNED : `NOT coalesce(${BANNED}, false)`, { now: banned.now });
  if (emailVerified !== undefined)
    query.andWhere(emailVerified ? 'user.emailVerified' : 'NOT user.emailVerified');
  if (active !== undefined) query.andWhere(active ? 'user.active' : 'NOT user.active');
  if (superAdmin !== undefined) query.andWhere(superAdmin ? 'user.isSuperAdmin' : 'NOT user.isSuperAdmin');
  if (createdFrom) query.andWhere('user.createdAt >= :createdFrom', { createdFrom });
  if (createdBefore) query.andWhere('user.createdAt < :createdBefore', { createdBefore });
}

/** Tells the database who they are, and not the ids of all of them. */
async function narrowTo(query: SelectQueryBuilder<AuthUser>, set: UserSet): Promise<void> {
  if (set.select) query.andWhere(`user.id IN (${set.select.text})`, set.select.values);
  else query.andWhere('user.id = ANY(:ids)', { ids: await set.ids() });
}
