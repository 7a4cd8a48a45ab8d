import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { JobRepository } from './job.repository.js';

interface Row {
  /** The name. */
  readonly id: string;
  readonly dueAt: Date;
  readonly holder: string | null;
  readonly heldUntil: Date | null;
}

@Injectable()
export class InMemoryJobRepository implements JobRepository {
  private readonly rows: InMemoryTable<Row>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<Row>('jobs');
  }

  acquire(name: string, holder: string, heldUntil: Date, now: Date): Promise<boolean> {
    return this.database.execute(() => {
      const row =
        this.rows.get(name) ?? this.rows.insert({ id: name, dueAt: now, holder: null, heldUntil: null });
      if (row.dueAt > now || (row.heldUntil !== null && row.heldUntil > now)) return false;
      return this.rows.update(name, { holder, heldUntil }) !== undefined;
    });
  }

  extend(name: string, holder: string, heldUntil: Date): Promise<boolean> {
    return this.database.execute(
      () => this.rows.get(name)?.holder === holder && this.rows.update(name, { heldUntil }) !== undefined,
    );
  }

  release(name: string, holder: string, dueAt: Date): Promise<void> {
    return this.database.execute(() => {
      if (this.rows.get(name)?.holder === holder)
        this.rows.update(name, { dueAt, holder: null, heldUntil: null });
    });
  }
}
