import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { type DailyCount, DailyCountRepository } from './daily-count.repository.js';

const TABLE = 'castellan.daily_counts';

@Injectable()
export class TypeOrmDailyCountRepository extends TypeOrmRepository implements DailyCountRepository {
  async add(counts: readonly DailyCount[]): Promise<void> {
    if (counts.length === 0) return;
    // In one order, so that two nodes do not wait for each other.
    const text = `INSERT INTO ${TABLE} AS kept (realm_id, day, metric, count)
      SELECT $1, day, metric, count FROM unnest($2::date[], $3::varchar[], $4::bigint[]) AS added (day, metric, count) ORDER BY day, metric
      ON CONFLICT (realm_id, day, metric) DO UPDATE SET count = kept.count + excluded.count`;
    await this.context.query(text, [
      DEFAULT_REALM_ID,
      counts.map(({ day }) => day),
      counts.map(({ metric }) => metric),
      counts.map(({ count }) => count),
    ]);
  }

  since(day: string): Promise<DailyCount[]> {
    const text = `SELECT to_char(day, 'YYYY-MM-DD') AS day, metric, count::int AS count FROM ${TABLE}
      WHERE realm_id = $1 AND day >= $2::date ORDER BY day, metric`;
    return this.context.query<DailyCount>(text, [DEFAULT_REALM_ID, day]);
  }

  async deleteBefore(day: string, limit: number): Promise<number> {
    const text = `DELETE FROM ${TABLE} WHERE ctid IN (SELECT ctid FROM ${TABLE} WHERE realm_id = $1 AND day < $2::date LIMIT $3) RETURNING day`;
    return (await this.context.query(text, [DEFAULT_REALM_ID, day, limit])).length;
  }
}
