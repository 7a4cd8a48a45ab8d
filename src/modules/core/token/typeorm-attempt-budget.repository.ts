import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import { AttemptBudgetRepository } from './attempt-budget.repository.js';

@Injectable()
export class TypeOrmAttemptBudgetRepository implements AttemptBudgetRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async reserve(
    purpose: string,
    subject: string,
    windowMs: number,
    now: Date,
  ): Promise<{ attempts: number; windowEndsAt: Date }> {
    const [row] = await this.context.query<{ attempts: number; windowEndsAt: Date }>(
      `INSERT INTO castellan.attempt_budgets AS b (realm_id, purpose, subject, attempts, window_ends_at) VALUES ($1, $2, $3, 1, $4)
       ON CONFLICT (realm_id, purpose, subject) DO UPDATE SET
         attempts = CASE WHEN b.window_ends_at <= $5::timestamptz THEN 1 ELSE b.attempts + 1 END,
         window_ends_at = CASE WHEN b.window_ends_at <= $5::timestamptz THEN excluded.window_ends_at ELSE b.window_ends_at END
       RETURNING attempts, window_ends_at AS "windowEndsAt"`,
      [DEFAULT_REALM_ID, purpose, subject, new Date(now.getTime() + windowMs), now],
    );
    if (!row) throw new Error('An upsert returned no row.');
    return row;
  }

  async clear(purpose: string, subject: string): Promise<void> {
    await this.context.query(
      'DELETE FROM castellan.attempt_budgets WHERE realm_id = $1 AND purpose = $2 AND subject = $3',
      [DEFAULT_REALM_ID, purpose, subject],
    );
  }

  /** The table holds what went wrong within the last hour, so that it needs no index for this. */
  async forgetSubjects(subjects: readonly string[]): Promise<void> {
    await this.context.query(
      'DELETE FROM castellan.attempt_budgets WHERE realm_id = $1 AND subject = ANY ($2::varchar[])',
      [DEFAULT_REALM_ID, subjects],
    );
  }

  async deleteExpired(now: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.attempt_budgets WHERE ctid IN
      (SELECT ctid FROM castellan.attempt_budgets WHERE window_ends_at <= $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING purpose`;
    return (await this.context.query(text, [now, limit])).length;
  }
}
