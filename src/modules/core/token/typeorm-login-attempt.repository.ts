import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { LockoutPolicy } from '../user/user.repository.js';
import { LoginAttemptRepository } from './login-attempt.repository.js';

/**
 * A locked identifier counts no further, so `attempts` of a locked row past the maximum tells a refused attempt from the one that set the lock: that
 * one is written as the maximum (which may have been lowered below the count), each refused one as maximum + 1.
 */
const RESERVE = `
  INSERT INTO castellan.login_attempts AS a (realm_id, key, attempts, locked_until, updated_at)
  VALUES ($1, $2, 1, CASE WHEN $3::int <= 1 THEN $4::timestamptz END, $5)
  ON CONFLICT (realm_id, key) DO UPDATE SET
    attempts = CASE
      WHEN a.locked_until > $5::timestamptz THEN $3::int + 1
      WHEN a.locked_until IS NOT NULL THEN 1
      ELSE least(a.attempts + 1, $3::int) END,
    locked_until = CASE
      WHEN a.locked_until > $5::timestamptz THEN a.locked_until
      WHEN (CASE WHEN a.locked_until IS NOT NULL THEN 1 ELSE a.attempts + 1 END) >= $3::int THEN $4::timestamptz
      ELSE NULL END,
    updated_at = $5
  RETURNING attempts, locked_until AS "lockedUntil"`;

@Injectable()
export class TypeOrmLoginAttemptRepository implements LoginAttemptRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async reserve(key: string, policy: LockoutPolicy, now: Date): Promise<{ lockedUntil: Date | null }> {
    const lockEnd = new Date(now.getTime() + policy.durationMs);
    const [row] = await this.context.statement<{ attempts: number; lockedUntil: Date | null }>(
      'login_attempt',
      RESERVE,
      [DEFAULT_REALM_ID, key, policy.maxAttempts, lockEnd, now],
    );
    return { lockedUntil: row && row.attempts > policy.maxAttempts ? row.lockedUntil : null };
  }

  async deleteExpired(before: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.login_attempts WHERE ctid IN
      (SELECT ctid FROM castellan.login_attempts WHERE updated_at < $1 AND (locked_until IS NULL OR locked_until <= $1) LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING key`;
    return (await this.context.query(text, [before, limit])).length;
  }
}
