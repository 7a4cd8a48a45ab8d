import { Injectable } from '@nestjs/common';
import { insertOf } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { Listing } from '../../../shared/listing/listing.js';
import { detachment, otherWay } from './address-removal-rule.js';
import { AuthUser } from './auth-user.entity.js';
import { emailKey, usernameKey } from './identifier-key.js';
import { comparable, UNIQUE_FIELDS, userOf } from './new-user.js';
import { TypeOrmUserWrites } from './typeorm-user-writes.js';
import type { LoginIdentifier, NewUser, ProfileChanges, UniqueUserField, UserRecord } from './user.js';
import { searchPattern } from './user-search.js';
import { USER_COLUMNS } from './user.columns.js';
import { ACCOUNT, LIVING, RECORD, RESERVE, SORT_COLUMNS } from './user.statements.js';
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

@Injectable()
export class TypeOrmUserRepository extends TypeOrmUserWrites implements UserRepository {
  async create(user: NewUser): Promise<UniqueWrite> {
    const record = userOf(user);
    const { text, values } = insertOf('castellan.users', USER_COLUMNS, record);
    const [created] = await this.context.query<UserRecord>(
      `${text} ON CONFLICT DO NOTHING RETURNING ${RECORD}`,
      values,
    );
    return created ? { user: created } : { conflict: await this.takenFieldOf(record) };
  }

  async createFirstSuperAdmin(user: NewUser): Promise<UserRecord | null> {
    // A lock of its own statement: the next one then sees what the winner before has committed.
    await this.context.query("SELECT pg_advisory_xact_lock(hashtext('castellan.first_super_admin'))");
    const [found] = await this.context.query(
      `SELECT 1 FROM castellan.users WHERE ${LIVING} AND is_super_admin LIMIT 1`,
    );
    if (found) return null;
    const written = await this.create({ ...user, isSuperAdmin: true });
    return 'user' in written ? written.user : null;
  }

  async findById(id: string): Promise<UserRecord | null> {
    const [user] = await this.context.statement<UserRecord>(
      'user_by_id',
      `SELECT ${RECORD} FROM castellan.users WHERE id = $1`,
      [id],
    );
    return user ?? null;
  }

  async findByIds(ids: readonly string[]): Promise<UserRecord[]> {
    if (ids.length === 0) return [];
    return this.context.query<UserRecord>(`SELECT ${RECORD} FROM castellan.users WHERE id = ANY($1)`, [ids]);
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

  async findByIdentifier({ field, value }: LoginIdentifier): Promise<UserRecord | null> {
    const text = `SELECT ${RECORD} FROM castellan.users WHERE ${LIVING} AND ${UNIQUE_FIELDS[field].column} = $1`;
    const [user] = await this.context.statement<UserRecord>(`user_by_${field}`, text, [value]);
    return user ?? null;
  }

  list(listing: Listing<UserSortField>, filter: UserFilter): Promise<{ rows: UserRecord[]; total: number }> {
    const query = this.repository(AuthUser)
      .createQueryBuilder('user')
      .where('user.realmId = :realm AND user.deletedAt IS NULL', { realm: DEFAULT_REALM_ID });
    if (filter.query) {
      query.andWhere(
        '(lower(user.name) LIKE :pattern OR user.emailKey LIKE :pattern OR user.usernameKey LIKE :pattern)',
        { pattern: searchPattern(filter.query) },
      );
    }
    return this.listed(query, listing, SORT_COLUMNS, 'user.id');
  }

  async isAvailable(field: UniqueUserField, value: string): Promise<boolean> {
    return (await this.findByIdentifier(comparable(field, value))) === null;
  }

  reserveLoginAttempt(
    { field, value }: LoginIdentifier,
    policy: LockoutPolicy,
    now: Date,
  ): Promise<ReservedAttempt | null> {
    return this.reserve(
      `reserve_by_${field}`,
      `${LIVING} AND ${UNIQUE_FIELDS[field].column} = $1`,
      value,
      policy,
      now,
    );
  }

  reserveAttemptById(id: string, policy: LockoutPolicy, now: Date): Promise<ReservedAttempt | null> {
    return this.reserve('reserve_by_id', `${LIVING} AND id = $1::uuid`, id, policy, now);
  }

  async clearLoginAttempts(id: string): Promise<void> {
    await this.context.query(
      'UPDATE castellan.users SET failed_login_attempts = 0, locked_until = NULL WHERE id = $1 AND (failed_login_attempts <> 0 OR locked_until IS NOT NULL)',
      [id],
    );
  }

  setPassword(
    id: string,
    passwordHash: string | null,
    expected?: { tokenVersion: number },
  ): Promise<UserRecord | null> {
    return this.change(
      id,
      'password = $2, token_version = token_version + 1, failed_login_attempts = 0, locked_until = NULL',
      [passwordHash, expected?.tokenVersion ?? null],
      'deleted_at IS NULL AND ($3::int IS NULL OR token_version = $3)',
    );
  }

  async rehashPassword(id: string, from: string, to: string): Promise<boolean> {
    return (await this.change(id, 'password = $3', [from, to], 'password = $2')) !== null;
  }

  raiseTokenVersion(id: string): Promise<UserRecord | null> {
    return this.change(id, 'token_version = token_version + 1', []);
  }

  async raiseClaimsVersions(ids: readonly string[]): Promise<RaisedClaims[]> {
    const text = `UPDATE castellan.users AS u SET claims_version = u.claims_version + 1
      FROM (SELECT id FROM castellan.users WHERE id = ANY ($1::uuid[]) AND deleted_at IS NULL ORDER BY id FOR NO KEY UPDATE) AS locked
      WHERE u.id = locked.id RETURNING u.id, u.claims_version AS "claimsVersion"`;
    const raised = await this.context.query<RaisedClaims>(text, [ids]);
    this.context.changed('user', ...raised.map(({ id }) => id));
    return raised;
  }

  async updateProfile(id: string, changes: ProfileChanges): Promise<UserRecord | null> {
    const fields = (['name', 'firstName', 'lastName', 'avatar', 'biography', 'locale'] as const).filter(
      (field) => changes[field] !== undefined,
    );
    if (fields.length === 0) return this.change(id, 'id = id', [], 'deleted_at IS NULL');
    const assignments = fields.map((field, index) => `${USER_COLUMNS[field]} = $${index + 2}`).join(', ');
    return this.change(
      id,
      assignments,
      fields.map((field) => changes[field]),
      'deleted_at IS NULL',
    );
  }

  changeUsername(id: string, username: string): Promise<UniqueWrite> {
    return this.changeUnique(id, 'username = $2, username_key = $3', [username, usernameKey(username)]);
  }

  verifyEmail(id: string, email: string): Promise<UserRecord | null> {
    return this.change(
      id,
      'email_verified = true',
      [emailKey(email)],
      'deleted_at IS NULL AND email_key = $2',
    );
  }

  verifyPhoneNumber(id: string, phoneNumber: string): Promise<UserRecord | null> {
    return this.change(
      id,
      'phone_number_verified = true',
      [phoneNumber],
      'deleted_at IS NULL AND phone_number = $2',
    );
  }

  changeEmail(id: string, from: string | null, to: string): Promise<UniqueWrite> {
    return this.changeUnique(
      id,
      'email = $2, email_key = $3, email_verified = true',
      [to, emailKey(to), from === null ? null : emailKey(from)],
      'email_key IS NOT DISTINCT FROM $4',
    );
  }

  changePhoneNumber(id: string, from: string | null, to: string): Promise<UniqueWrite> {
    return this.changeUnique(
      id,
      'phone_number = $2, phone_number_verified = true',
      [to, from],
      'phone_number IS NOT DISTINCT FROM $3',
    );
  }

  detachAddress(id: string, field: 'email' | 'phone_number'): Promise<UserRecord | null> {
    return this.change(id, detachment(field), [], 'deleted_at IS NULL');
  }

  async removeAddress(id: string, field: 'email' | 'phone_number', address: string): Promise<AddressRemoval> {
    const has = `deleted_at IS NULL AND ${UNIQUE_FIELDS[field].column} = $2`;
    const values = [comparable(field, address).value];
    const user = await this.change(id, detachment(field), values, `${has} AND (${otherWay(field)})`);
    if (user) return { user };
    const text = `SELECT 1 FROM castellan.users WHERE id = $1 AND ${has}`;
    return (await this.context.query(text, [id, ...values])).length > 0 ? { last: true } : { missing: true };
  }

  setEmailVerified(id: string, verified: boolean): Promise<UserRecord | null> {
    return this.change(id, 'email_verified = $2', [verified], 'deleted_at IS NULL AND email IS NOT NULL');
  }

  ban(id: string, ban: Ban): Promise<UserRecord | null> {
    return this.change(
      id,
      'banned_at = $2, banned_until = $3, ban_reason = $4, banned_by = $5, token_version = token_version + 1',
      [ban.at, ban.until, ban.reason, ban.by],
    );
  }

  unban(id: string): Promise<UserRecord | null> {
    return this.change(id, 'banned_at = NULL, banned_until = NULL, ban_reason = NULL, banned_by = NULL', []);
  }

  setActive(id: string, active: boolean): Promise<UserRecord | null> {
    return this.change(id, 'active = $2, token_version = token_version + CASE WHEN $2 THEN 0 ELSE 1 END', [
      active,
    ]);
  }

  softDelete(id: string, now: Date): Promise<UserRecord | null> {
    return this.change(id, 'deleted_at = $2, token_version = token_version + 1', [now], 'deleted_at IS NULL');
  }

  restore(id: string): Promise<UniqueWrite> {
    return this.changeUnique(id, 'deleted_at = NULL', [], 'true', 'deleted_at IS NOT NULL');
  }

  async delete(id: string): Promise<boolean> {
    const removed = await this.context.query('DELETE FROM castellan.users WHERE id = $1 RETURNING id', [id]);
    if (removed.length > 0) this.context.changed('user', id);
    return removed.length > 0;
  }

  async listDeletedBefore(cutoff: Date, limit: number): Promise<string[]> {
    const text = 'SELECT id FROM castellan.users WHERE deleted_at < $1 ORDER BY deleted_at LIMIT $2';
    return (await this.context.query<{ id: string }>(text, [cutoff, limit])).map((row) => row.id);
  }

  private async reserve(
    name: string,
    target: string,
    value: string,
    policy: LockoutPolicy,
    now: Date,
  ): Promise<ReservedAttempt | null> {
    const lockEnd = new Date(now.getTime() + policy.durationMs);
    const values = [value, now, policy.maxAttempts, lockEnd];
    const [answer] = await this.context.statement<{ locked: boolean; row: readonly unknown[] }>(
      name,
      RESERVE(target),
      values,
    );
    return answer ? { user: ACCOUNT.read(answer.row).user, locked: answer.locked } : null;
  }

  private async takenFieldOf(user: UserRecord): Promise<UniqueUserField> {
    const text = `SELECT email_key IS NOT DISTINCT FROM $1 AND $1 IS NOT NULL AS email, username_key IS NOT DISTINCT FROM $2 AND $2 IS NOT NULL AS username
      FROM castellan.users WHERE ${LIVING} AND (email_key = $1 OR username_key = $2 OR phone_number = $3)`;
    const rows = await this.context.query<{ email: boolean; username: boolean }>(text, [
      user.emailKey,
      user.usernameKey,
      user.phoneNumber,
    ]);
    if (rows.some((row) => row.email)) return 'email';
    return rows.some((row) => row.username) ? 'username' : 'phone_number';
  }
}
