import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { columnList } from '../../../shared/persistence/columns.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import type { UserRecord } from '../user/user.js';
import { ACCOUNT } from '../user/user.statements.js';
import { AuthSessionFamily } from './auth-session-family.entity.js';
import {
  BY_ACCESS_TOKEN,
  BY_REFRESH_TOKEN,
  checkOf,
  type CheckRow,
  refreshStateOf,
  type StateRow,
} from './session-rows.js';
import { FAMILY_COLUMNS } from './session.columns.js';
import type {
  RefreshState,
  RevocationReason,
  SessionCheck,
  SessionFamilyRecord,
  SessionRecord,
} from './session.js';
import {
  type FamilyUse,
  type Rotation,
  SessionRepository,
  type SessionSortField,
} from './session.repository.js';

const FAMILY = columnList(FAMILY_COLUMNS);
const SESSION_INSERT = `INSERT INTO castellan.sessions
  (id, family_id, user_id, refresh_token, refresh_token_expires_at, access_token, expires_at, claims, user_agent, ip_address, created_at, updated_at)`;

const FAMILY_FIELDS = Object.keys(FAMILY_COLUMNS);
/** `$1`–`$16` the family, `$17`–`$25` its first pair: inserted once for each row of `source`. */
const startFor = (source: string): string => `
  family AS (
    INSERT INTO castellan.session_families (${Object.values(FAMILY_COLUMNS).join(', ')})
    SELECT ${FAMILY_FIELDS.map((_, index) => `$${index + 1}`).join(', ')} ${source} RETURNING id
  ), pair AS (
    ${SESSION_INSERT} SELECT $17, id, $3::uuid, $18, $19, $20, $21, $22, $23, $24, $25, $25 FROM family
  )`;
const START = `WITH ${startFor('')} SELECT id FROM family`;
const START_BY_LOGIN = `
  WITH account AS (
    UPDATE castellan.users AS u SET failed_login_attempts = 0, locked_until = NULL, last_login_at = $25
    WHERE id = $3::uuid AND deleted_at IS NULL AND token_version = $4
    RETURNING ${ACCOUNT.expression} AS row
  ), ${startFor('FROM account')}
  SELECT row FROM account`;
const EVICT = `
  UPDATE castellan.session_families SET revoked_at = $4, revoked_reason = 'evicted' WHERE id IN (
    SELECT id FROM castellan.session_families
    WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL AND expires_at > $4::timestamptz
    ORDER BY created_at DESC, id DESC OFFSET greatest($3::int - 1, 0)
  )
  RETURNING id`;

/**
 * Rows are found by their primary keys and nothing else: judged in the same place, `revoked_at`, `expires_at` and `family_id` have other indexes, and until
 * the tables are first analyzed PostgreSQL walks a whole family by those.
 */
const ROTATE = `
  WITH family AS (
    SELECT revoked_at, expires_at FROM castellan.session_families WHERE id = $2::uuid FOR NO KEY UPDATE
  ), won AS (
    UPDATE castellan.sessions SET replaced_by = $3::uuid, replaced_at = $4, sealed_answer = $5
    WHERE id = $1::uuid AND replaced_by IS NULL AND (family_id = $2::uuid) IS TRUE
      AND EXISTS (SELECT FROM family WHERE revoked_at IS NULL AND expires_at > $4::timestamptz)
    RETURNING family_id, user_id
  )
  ${SESSION_INSERT} SELECT $3, family_id, user_id, $6, $7, $8, $9, $10, $11, $12, $4, $4 FROM won RETURNING id`;

const LISTED: Readonly<Record<SessionSortField, string>> = {
  created_at: 'family.createdAt',
  expires_at: 'family.expiresAt',
  ip_address: 'family.ipAddress',
};

@Injectable()
export class TypeOrmSessionRepository extends TypeOrmRepository implements SessionRepository {
  async start(family: SessionFamilyRecord, session: SessionRecord): Promise<void> {
    await this.context.statement('session_start', START, startValues(family, session));
  }

  async startByLogin(family: SessionFamilyRecord, session: SessionRecord): Promise<UserRecord | null> {
    const [answer] = await this.context.statement<{ row: readonly unknown[] }>(
      'session_start_by_login',
      START_BY_LOGIN,
      startValues(family, session),
    );
    return answer ? ACCOUNT.read(answer.row).user : null;
  }

  async evict({ id, userId }: SessionFamilyRecord, kept: number, now: Date): Promise<string[]> {
    const rows = await this.context.statement<{ id: string }>('session_evict', EVICT, [
      userId,
      id,
      kept,
      now,
    ]);
    const evicted = rows.map((row) => row.id);
    this.context.changed('family', ...evicted);
    return evicted;
  }

  async findByAccessToken(tokenHash: string): Promise<SessionCheck | null> {
    const [row] = await this.context.statement<CheckRow>('session_by_access_token', BY_ACCESS_TOKEN, [
      tokenHash,
    ]);
    return row ? checkOf(row) : null;
  }

  async findByRefreshToken(tokenHash: string): Promise<RefreshState | null> {
    const [row] = await this.context.statement<StateRow>('session_by_refresh_token', BY_REFRESH_TOKEN, [
      tokenHash,
    ]);
    return row ? refreshStateOf(row) : null;
  }

  async rotate({ predecessorId, familyId, successor, sealedAnswer, now }: Rotation): Promise<boolean> {
    const values = [predecessorId, familyId, successor.id, now, sealedAnswer, ...pairValues(successor)];
    return (await this.context.statement('session_rotate', ROTATE, values)).length === 1;
  }

  async findFamily(id: string): Promise<SessionFamilyRecord | null> {
    const [row] = await this.context.query<SessionFamilyRecord>(
      `SELECT ${FAMILY} FROM castellan.session_families WHERE id = $1`,
      [id],
    );
    return row ?? null;
  }

  listByUser(
    userId: string,
    listing: Listing<SessionSortField>,
    now: Date,
  ): Promise<{ rows: SessionFamilyRecord[]; total: number }> {
    const query = this.repository(AuthSessionFamily)
      .createQueryBuilder('family')
      .where('family.userId = :userId AND family.revokedAt IS NULL AND family.expiresAt > :now', {
        userId,
        now,
      });
    return this.listed(query, listing, LISTED, 'family.id');
  }

  async revoke(
    familyId: string,
    reason: RevocationReason,
    now: Date,
    owner?: { userId: string },
  ): Promise<SessionFamilyRecord | null> {
    const text = `UPDATE castellan.session_families SET revoked_at = $2, revoked_reason = $3
      WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2::timestamptz AND ($4::uuid IS NULL OR user_id = $4) RETURNING ${FAMILY}`;
    const [row] = await this.context.query<SessionFamilyRecord>(text, [
      familyId,
      now,
      reason,
      owner?.userId ?? null,
    ]);
    if (row) this.context.changed('family', familyId);
    return row ?? null;
  }

  async revokeAll(userId: string, reason: RevocationReason, now: Date, except?: string): Promise<string[]> {
    const text = `UPDATE castellan.session_families SET revoked_at = $2, revoked_reason = $3
      WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2::timestamptz AND id IS DISTINCT FROM $4::uuid RETURNING id`;
    const rows = await this.context.query<{ id: string }>(text, [userId, now, reason, except ?? null]);
    const ended = rows.map((row) => row.id);
    this.context.changed('family', ...ended);
    return ended;
  }

  async lastAccessEnd(userId: string, familyIds?: readonly string[]): Promise<Date | null> {
    const text = `SELECT max(expires_at) AS "lastEnd" FROM castellan.sessions
      WHERE user_id = $1 AND ($2::uuid[] IS NULL OR family_id = ANY ($2::uuid[]))`;
    const [row] = await this.context.query<{ lastEnd: Date | null }>(text, [userId, familyIds ?? null]);
    return row?.lastEnd ?? null;
  }

  async adoptTokenVersion(familyId: string, tokenVersion: number): Promise<void> {
    await this.context.query(
      'UPDATE castellan.session_families SET token_version = $2 WHERE id = $1 AND revoked_at IS NULL',
      [familyId, tokenVersion],
    );
    this.context.changed('family', familyId);
  }

  async replaceClaims(sessionId: string, claims: Readonly<Record<string, unknown>>): Promise<void> {
    await this.context.query('UPDATE castellan.sessions SET claims = $2 WHERE id = $1', [
      sessionId,
      JSON.stringify(claims),
    ]);
  }

  async reauthenticate(familyId: string, at: Date, methods: readonly string[]): Promise<void> {
    await this.context.query(
      'UPDATE castellan.session_families SET authenticated_at = $2, methods = $3 WHERE id = $1 AND revoked_at IS NULL',
      [familyId, at, methods],
    );
    this.context.changed('family', familyId);
  }

  async touch(uses: readonly FamilyUse[]): Promise<void> {
    if (uses.length === 0) return;
    // Rows are locked in the order of their ids, so that two nodes that write the same ones cannot lock each other out.
    await this.context.query(
      `UPDATE castellan.session_families AS f SET last_used_at = used.at FROM (
         SELECT f.id, latest.at FROM castellan.session_families f
         JOIN (SELECT id, max(at) AS at FROM unnest($1::uuid[], $2::timestamptz[]) AS noted (id, at) GROUP BY id) AS latest ON latest.id = f.id
         ORDER BY f.id FOR UPDATE OF f
       ) AS used WHERE f.id = used.id AND f.last_used_at < used.at`,
      [uses.map((use) => use.familyId), uses.map((use) => use.at.toISOString())],
    );
  }

  async forgetSealedAnswers(before: Date, limit: number): Promise<number> {
    const text = `UPDATE castellan.sessions SET sealed_answer = NULL WHERE id IN
      (SELECT id FROM castellan.sessions WHERE sealed_answer IS NOT NULL AND replaced_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [before, limit])).length;
  }

  async deleteExpired(before: Date, limit: number): Promise<number> {
    const families = `DELETE FROM castellan.session_families WHERE id IN
      (SELECT id FROM castellan.session_families WHERE expires_at < $1 OR revoked_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    const pairs = `DELETE FROM castellan.sessions WHERE id IN
      (SELECT id FROM castellan.sessions WHERE refresh_token_expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    const removed = await this.context.query(families, [before, limit]);
    return Math.max(removed.length, (await this.context.query(pairs, [before, limit])).length);
  }
}

function startValues(family: SessionFamilyRecord, session: SessionRecord): unknown[] {
  return [
    ...FAMILY_FIELDS.map((field) => Reflect.get(family, field) as unknown),
    session.id,
    ...pairValues(session),
    session.createdAt,
  ];
}

/** From `refresh_token` to `ip_address`, in the order of the statements. */
function pairValues(session: SessionRecord): unknown[] {
  return [
    session.refreshToken,
    session.refreshTokenExpiresAt,
    session.accessToken,
    session.expiresAt,
    JSON.stringify(session.claims),
    session.userAgent,
    session.ipAddress,
  ];
}
