import { Injectable } from '@nestjs/common';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { AccountChange, ChangedSubject } from './account-change.js';
import { AccountChangeRepository, type ChangePosition } from './account-change.repository.js';

/**
 * The position is the oldest transaction that ran at the look before: whatever that look did not see belongs to it or to a later one, however long the
 * transaction takes. No clock decides, and no sequence, whose numbers become visible out of order.
 */
const SINCE = `
  SELECT now.until, c.id, c.user_id AS "userId", c.family_id AS "familyId"
  FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS until) AS now
  LEFT JOIN castellan.account_changes c ON c.transaction_id >= $1::bigint ORDER BY c.id`;

@Injectable()
export class TypeOrmAccountChangeRepository extends AccountChangeRepository {
  override readonly keepsChanges = true;

  constructor(private readonly context: TypeOrmContext) {
    super();
  }

  override async since(
    after: ChangePosition | null,
  ): Promise<{ changes: AccountChange[]; until: ChangePosition }> {
    const rows = await this.context.statement<(AccountChange | { id: null }) & { until: string }>(
      'account_changes_since',
      SINCE,
      [after],
    );
    const [first] = rows;
    if (!first) throw new Error('A left join returned no row.');
    const changes = rows.flatMap((row) =>
      row.id === null ? [] : [{ id: row.id, userId: row.userId, familyId: row.familyId }],
    );
    return { changes, until: first.until };
  }

  override onOwnChange(listener: (subject: ChangedSubject) => void): void {
    this.context.onChange(({ kind, id }) => listener(kind === 'user' ? { userId: id } : { familyId: id }));
  }

  override async deleteBefore(before: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.account_changes WHERE id IN
      (SELECT id FROM castellan.account_changes WHERE recorded_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [before, limit])).length;
  }
}
