import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { type DailyCount, DailyCountRepository } from './daily-count.repository.js';

type Row = DailyCount & { readonly id: string };

@Injectable()
export class InMemoryDailyCountRepository implements DailyCountRepository {
  private readonly counts: InMemoryTable<Row>;

  constructor(private readonly database: InMemoryDatabase) {
    this.counts = database.table<Row>('daily_counts');
  }

  add(counts: readonly DailyCount[]): Promise<void> {
    return this.database.execute(() => {
      for (const { day, metric, count } of counts) {
        const id = `${day} ${metric}`;
        const kept = this.counts.get(id);
        if (kept) this.counts.update(id, { count: kept.count + count });
        else this.counts.insert({ id, day, metric, count });
      }
    });
  }

  since(from: string): Promise<DailyCount[]> {
    return this.database.execute(() =>
      this.counts
        .filter(({ day }) => day >= from)
        .sort((one, other) => (one.id < other.id ? -1 : 1))
        .map(({ day, metric, count }) => ({ day, metric, count })),
    );
  }

  deleteBefore(before: string, limit: number): Promise<number> {
    return this.database.execute(() => {
      const old = this.counts.filter(({ day }) => day < before).slice(0, limit);
      for (const { id } of old) this.counts.delete(id);
      return old.length;
    });
  }
}
