import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import {
  AccountStatisticsRepository,
  type DayCount,
  type UserCounts,
} from './account-statistics.repository.js';

/** Each subquery is answered by an index of its own: `users_created_at`, and the partial ones, which hold no other rows. */
const USERS = `
  SELECT
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1) AS "all",
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1 AND deleted_at IS NOT NULL) AS deleted,
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1 AND deleted_at IS NULL AND banned_at IS NOT NULL
       AND (banned_until IS NULL OR banned_until > $2)) AS banned,
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1 AND deleted_at IS NULL AND NOT active) AS inactive,
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1 AND deleted_at IS NULL AND NOT email_verified) AS unverified,
    (SELECT count(*)::int FROM castellan.users WHERE realm_id = $1 AND is_super_admin AND deleted_at IS NULL) AS "superAdmins"`;

@Injectable()
export class TypeOrmAccountStatisticsRepository
  extends TypeOrmRepository
  implements AccountStatisticsRepository
{
  async users(now: Date): Promise<UserCounts> {
    const [row] = await this.context.query<Omit<UserCounts, 'living'> & { all: number }>(USERS, [
      DEFAULT_REALM_ID,
      now,
    ]);
    if (!row) throw new Error('Counts are one row.');
    const { all, ...counts } = row;
    return { living: all - counts.deleted, ...counts };
  }

  signUpsSince(from: Date): Promise<DayCount[]> {
    const text = `SELECT to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, count(*)::int AS count
      FROM castellan.users WHERE realm_id = $1 AND created_at >= $2 GROUP BY 1 ORDER BY 1`;
    return this.context.query<DayCount>(text, [DEFAULT_REALM_ID, from]);
  }

  async livingSessions(now: Date): Promise<number> {
    const text = `SELECT count(*)::int AS count FROM castellan.session_families
      WHERE realm_id = $1 AND revoked_at IS NULL AND expires_at > $2`;
    const [row] = await this.context.query<{ count: number }>(text, [DEFAULT_REALM_ID, now]);
    return row?.count ?? 0;
  }
}
