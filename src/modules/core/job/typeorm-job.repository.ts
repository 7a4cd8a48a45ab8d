import { Injectable } from '@nestjs/common';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import { JobRepository } from './job.repository.js';

const ACQUIRE = `
  INSERT INTO castellan.jobs AS j (name, due_at, holder, held_until) VALUES ($1, $4, $2, $3)
  ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, held_until = excluded.held_until
  WHERE j.due_at <= $4::timestamptz AND (j.held_until IS NULL OR j.held_until <= $4::timestamptz)
  RETURNING name`;

/** A lease in a row: it needs no connection of its own, as an advisory lock does, and so works behind a pooler in transaction mode. */
@Injectable()
export class TypeOrmJobRepository implements JobRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async acquire(name: string, holder: string, heldUntil: Date, now: Date): Promise<boolean> {
    return (await this.context.query(ACQUIRE, [name, holder, heldUntil, now])).length === 1;
  }

  async extend(name: string, holder: string, heldUntil: Date): Promise<boolean> {
    const text =
      'UPDATE castellan.jobs SET held_until = $3 WHERE name = $1 AND holder = $2::uuid RETURNING name';
    return (await this.context.query(text, [name, holder, heldUntil])).length === 1;
  }

  async release(name: string, holder: string, dueAt: Date): Promise<void> {
    await this.context.query(
      'UPDATE castellan.jobs SET due_at = $3, holder = NULL, held_until = NULL WHERE name = $1 AND holder = $2::uuid',
      [name, holder, dueAt],
    );
  }
}
