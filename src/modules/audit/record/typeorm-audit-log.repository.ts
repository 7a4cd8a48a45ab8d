import { Injectable } from '@nestjs/common';
import { COUNTED_ROWS, type Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { insertOf } from '../../../shared/persistence/columns.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuditConditions } from './audit-conditions.js';
import { AUDIT_COLUMNS, AUDIT_RECORD, AUDIT_TABLE } from './audit-log.columns.js';
import type { AuditLogFilter, AuditLogRecord } from './audit-log.js';
import { AuditLogRepository, type AuditLogSortField } from './audit-log.repository.js';

/** Ids are in the order of time, so `created_at` needs no column of its own. */
const SORT_COLUMNS: Readonly<Record<AuditLogSortField, string | null>> = {
  created_at: null,
  action: 'action',
  severity: 'severity',
  actor_id: 'actor_id',
};

@Injectable()
export class TypeOrmAuditLogRepository extends TypeOrmRepository implements AuditLogRepository {
  async create(record: AuditLogRecord): Promise<void> {
    const row = { ...record, metadata: JSON.stringify(record.metadata) };
    const { text, values } = insertOf<Record<keyof AuditLogRecord, unknown>>(AUDIT_TABLE, AUDIT_COLUMNS, row);
    await this.context.statement('audit_create', text, values);
  }

  list(listing: Listing<AuditLogSortField>, filter: AuditLogFilter): Promise<Slice<AuditLogRecord>> {
    return this.context.listing(async (replica) => {
      const read: Read = replica
        ? (text, values) => replica.query(text, [...values])
        : (text, values) => this.context.query(text, values);
      const rows = await read<AuditLogRecord>(...pageOf(listing, filter));
      const [count] = await read<{ total: number }>(...countOf(listing, filter));
      return { rows, total: count?.total ?? 0 };
    });
  }

  walk(filter: AuditLogFilter, before: string | null, limit: number): Promise<AuditLogRecord[]> {
    const conditions = new AuditConditions(filter);
    const older = before === null ? 'true' : `id < ${conditions.place(before)}::uuid`;
    return this.context.query(...selectOf(conditions, [older], 'id DESC', limit, 0));
  }

  async erasePersonal(userId: string): Promise<number> {
    const erased = await this.context.query(
      `UPDATE ${AUDIT_TABLE} SET ip_address = NULL, user_agent = NULL, personal_salt = NULL
       WHERE (actor_id = $1::uuid OR (target_id = $1::text AND actor_id IS NULL)) AND personal_salt IS NOT NULL RETURNING 1`,
      [userId],
    );
    return erased.length;
  }

  unsealed(retention: string, limit: number): Promise<AuditLogRecord[]> {
    return this.context.query(
      `SELECT ${AUDIT_RECORD} FROM ${AUDIT_TABLE} WHERE batch_id IS NULL AND retention = $1 ORDER BY id LIMIT $2`,
      [retention, limit],
    );
  }

  async seal(ids: readonly string[], batchId: string): Promise<number> {
    const sealed = await this.context.query(
      `UPDATE ${AUDIT_TABLE} SET batch_id = $2 WHERE id = ANY($1::uuid[]) AND batch_id IS NULL RETURNING 1`,
      [ids, batchId],
    );
    return sealed.length;
  }

  ofBatch(batchId: string): Promise<AuditLogRecord[]> {
    return this.context.query(`SELECT ${AUDIT_RECORD} FROM ${AUDIT_TABLE} WHERE batch_id = $1 ORDER BY id`, [
      batchId,
    ]);
  }

  /** From one batch to the next by the index, past the records between. */
  async strayBatch(): Promise<string | null> {
    const next = (after: string): string =>
      `SELECT batch_id FROM ${AUDIT_TABLE} WHERE ${after} ORDER BY batch_id LIMIT 1`;
    const [stray] = await this.context.query<{ id: string }>(
      `WITH RECURSIVE batches AS (
         (${next('batch_id IS NOT NULL')})
         UNION ALL
         SELECT (${next('batch_id > batches.batch_id')}) FROM batches WHERE batches.batch_id IS NOT NULL
       )
       SELECT batch_id AS id FROM batches WHERE batch_id IS NOT NULL
         AND NOT EXISTS (SELECT FROM castellan.audit_checkpoints c WHERE c.id = batches.batch_id) LIMIT 1`,
    );
    return stray?.id ?? null;
  }

  async deleteBatch(batchId: string): Promise<number> {
    return (await this.context.query(`DELETE FROM ${AUDIT_TABLE} WHERE batch_id = $1 RETURNING 1`, [batchId]))
      .length;
  }
}

type Statement = [text: string, values: readonly unknown[]];
type Read = <Row extends object>(...statement: Statement) => Promise<Row[]>;

function pageOf(listing: Listing<AuditLogSortField>, filter: AuditLogFilter): Statement {
  const conditions = new AuditConditions(filter);
  const beyond = beyondCursor(conditions, listing, SORT_COLUMNS[listing.sortField]);
  return selectOf(conditions, beyond, orderOf(listing), listing.limit + 1, listing.offset);
}

function orderOf({ sortField, sortDir }: Listing<AuditLogSortField>): string {
  const column = SORT_COLUMNS[sortField];
  const direction = sortDir === 'asc' ? 'ASC' : 'DESC';
  return [...(column === null ? [] : [column]), 'id'].map((each) => `${each} ${direction}`).join(', ');
}

/** In the order of the page: it goes along the same index, and stops. */
function countOf(listing: Listing<AuditLogSortField>, filter: AuditLogFilter): Statement {
  const conditions = new AuditConditions(filter);
  const limit = conditions.place(COUNTED_ROWS);
  const order = orderOf(listing);
  const each = conditions.branches.map(
    (branch) =>
      `(SELECT 1 FROM ${AUDIT_TABLE} WHERE ${conditions.where(branch)} ORDER BY ${order} LIMIT ${limit})`,
  );
  return [
    `SELECT count(*)::int AS total FROM (SELECT 1 FROM (${each.join(' UNION ALL ')}) AS each LIMIT ${limit}) AS counted`,
    conditions.values,
  ];
}

/** Reads from each index no more than the page needs, and merges. `alternatives` exclude each other, as the branches do. */
function selectOf(
  conditions: AuditConditions,
  alternatives: readonly string[],
  order: string,
  limit: number,
  offset: number,
): Statement {
  const reach = conditions.place(limit + offset);
  const each = conditions.branches.flatMap((branch) =>
    alternatives.map(
      (alternative) =>
        `(SELECT * FROM ${AUDIT_TABLE} WHERE ${conditions.where(branch, alternative)} ORDER BY ${order} LIMIT ${reach})`,
    ),
  );
  const page = `ORDER BY ${order} LIMIT ${conditions.place(limit)} OFFSET ${conditions.place(offset)}`;
  return [`SELECT ${AUDIT_RECORD} FROM (${each.join(' UNION ALL ')}) AS found ${page}`, conditions.values];
}

/** What comes behind the cursor, in forms that an index can start at. NULLs sort highest, as PostgreSQL has it. */
function beyondCursor(
  conditions: AuditConditions,
  { cursor, sortDir }: Listing<AuditLogSortField>,
  column: string | null,
): string[] {
  if (!cursor) return ['true'];
  // Nobody was given a cursor with anything else.
  if (column === 'actor_id' && cursor.value !== null && !isUuid(cursor.value)) return ['false'];
  const beyond = sortDir === 'desc' ? '<' : '>';
  const id = `${conditions.place(cursor.id)}::uuid`;
  if (column === null) return [`id ${beyond} ${id}`];
  if (cursor.value === null) {
    const rest = `${column} IS NULL AND id ${beyond} ${id}`;
    return sortDir === 'desc' ? [rest, `${column} IS NOT NULL`] : [rest];
  }
  const rest = `(${column}, id) ${beyond} (${conditions.place(cursor.value)}, ${id})`;
  return sortDir === 'desc' ? [rest] : [rest, `${column} IS NULL`];
}
