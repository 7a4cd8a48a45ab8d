import { Injectable } from '@nestjs/common';
import { columnList, type Columns, insertOf } from '../../../shared/persistence/columns.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { OutboxRecord } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';

const COLUMNS: Columns<OutboxRecord> = {
  id: 'id',
  realmId: 'realm_id',
  topic: 'topic',
  payload: 'payload',
  attempts: 'attempts',
  availableAt: 'available_at',
  claimedUntil: 'claimed_until',
  doneAt: 'done_at',
  failedAt: 'failed_at',
  lastError: 'last_error',
  createdAt: 'created_at',
};
const OPEN = 'done_at IS NULL AND failed_at IS NULL';

@Injectable()
export class TypeOrmOutboxRepository implements OutboxRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async add(message: OutboxRecord): Promise<void> {
    const { text, values } = insertOf('castellan.outbox', COLUMNS, message);
    await this.context.query(text, values);
  }

  claim(limit: number, holdMs: number, now: Date): Promise<OutboxRecord[]> {
    const text = `UPDATE castellan.outbox SET claimed_until = $2, attempts = attempts + 1 WHERE id IN (
        SELECT id FROM castellan.outbox WHERE ${OPEN} AND available_at <= $1 AND (claimed_until IS NULL OR claimed_until < $1)
        ORDER BY available_at, id LIMIT $3 FOR UPDATE SKIP LOCKED)
      RETURNING ${columnList(COLUMNS)}`;
    return this.context.statement<OutboxRecord>('outbox_claim', text, [
      now,
      new Date(now.getTime() + holdMs),
      limit,
    ]);
  }

  async extend(id: string, attempts: number, claimedUntil: Date): Promise<void> {
    await this.context.query(
      `UPDATE castellan.outbox SET claimed_until = $3 WHERE id = $1 AND attempts = $2 AND ${OPEN}`,
      [id, attempts, claimedUntil],
    );
  }

  async complete(id: string, attempts: number, now: Date): Promise<void> {
    await this.context.query(
      `UPDATE castellan.outbox SET done_at = $3, claimed_until = NULL, payload = '', last_error = NULL WHERE id = $1 AND attempts = $2 AND ${OPEN}`,
      [id, attempts, now],
    );
  }

  async retry(id: string, attempts: number, availableAt: Date, error: string): Promise<void> {
    await this.context.query(
      `UPDATE castellan.outbox SET available_at = $3, claimed_until = NULL, last_error = $4 WHERE id = $1 AND attempts = $2 AND ${OPEN}`,
      [id, attempts, availableAt, error],
    );
  }

  async fail(id: string, attempts: number, now: Date, error: string): Promise<void> {
    await this.context.query(
      `UPDATE castellan.outbox SET failed_at = $3, claimed_until = NULL, last_error = $4 WHERE id = $1 AND attempts = $2 AND ${OPEN}`,
      [id, attempts, now, error],
    );
  }

  async backlog(now: Date): Promise<{ waiting: number; oldest: Date | null }> {
    const text = `SELECT count(*)::int AS waiting, min(available_at) AS oldest FROM castellan.outbox WHERE ${OPEN} AND available_at <= $1`;
    const [row] = await this.context.query<{ waiting: number; oldest: Date | null }>(text, [now]);
    return row ?? { waiting: 0, oldest: null };
  }

  async deleteDone(before: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.outbox WHERE id IN
      (SELECT id FROM castellan.outbox WHERE done_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [before, limit])).length;
  }
}
