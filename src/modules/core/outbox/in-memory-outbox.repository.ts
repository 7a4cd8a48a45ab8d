import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { OutboxRecord } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';

@Injectable()
export class InMemoryOutboxRepository implements OutboxRepository {
  private readonly rows: InMemoryTable<OutboxRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<OutboxRecord>('outbox');
  }

  add(message: OutboxRecord): Promise<void> {
    return this.database.execute(() => {
      this.rows.insert(message);
    });
  }

  claim(limit: number, holdMs: number, now: Date): Promise<OutboxRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter((row) => isDue(row, now) && (row.claimedUntil === null || row.claimedUntil < now))
        .sort(
          (one, other) =>
            one.availableAt.getTime() - other.availableAt.getTime() || (one.id < other.id ? -1 : 1),
        )
        .slice(0, limit)
        .flatMap(
          (row) =>
            this.rows.update(row.id, {
              attempts: row.attempts + 1,
              claimedUntil: new Date(now.getTime() + holdMs),
            }) ?? [],
        ),
    );
  }

  extend(id: string, attempts: number, claimedUntil: Date): Promise<void> {
    return this.change(id, attempts, { claimedUntil });
  }

  complete(id: string, attempts: number, now: Date): Promise<void> {
    return this.change(id, attempts, { doneAt: now, claimedUntil: null, payload: '', lastError: null });
  }

  retry(id: string, attempts: number, availableAt: Date, error: string): Promise<void> {
    return this.change(id, attempts, { availableAt, claimedUntil: null, lastError: error });
  }

  fail(id: string, attempts: number, now: Date, error: string): Promise<void> {
    return this.change(id, attempts, { failedAt: now, claimedUntil: null, lastError: error });
  }

  backlog(now: Date): Promise<{ waiting: number; oldest: Date | null }> {
    return this.database.execute(() => {
      const due = this.rows.filter((row) => isDue(row, now));
      const oldest = due.reduce<Date | null>(
        (first, row) => (first === null || row.availableAt < first ? row.availableAt : first),
        null,
      );
      return { waiting: due.length, oldest };
    });
  }

  deleteDone(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const done = this.rows.filter((row) => row.doneAt !== null && row.doneAt < before).slice(0, limit);
      for (const { id } of done) this.rows.delete(id);
      return done.length;
    });
  }

  private change(id: string, attempts: number, changes: Partial<OutboxRecord>): Promise<void> {
    return this.database.execute(() => {
      const row = this.rows.get(id);
      if (row?.attempts === attempts && isOpen(row)) this.rows.update(id, changes);
    });
  }
}

function isOpen(row: OutboxRecord): boolean {
  return row.doneAt === null && row.failedAt === null;
}

function isDue(row: OutboxRecord, now: Date): boolean {
  return isOpen(row) && row.availableAt <= now;
}
