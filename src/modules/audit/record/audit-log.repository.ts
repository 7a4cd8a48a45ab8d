import { defineListing, type Listing } from '../../../shared/listing/listing.js';
import { keyFrom, type Slice } from '../../../shared/listing/paginate.js';
import type { AuditLogFilter, AuditLogRecord } from './audit-log.js';

export const AUDIT_LISTING = defineListing({
  sortable: ['created_at', 'action', 'severity', 'actor_id'],
  defaultSort: 'created_at',
});
export type AuditLogSortField = (typeof AUDIT_LISTING)['sortable'][number];

export const auditKeyOf = keyFrom<AuditLogRecord, AuditLogSortField>({
  created_at: (record) => record.createdAt,
  action: (record) => record.action,
  severity: (record) => record.severity,
  actor_id: (record) => record.actorId,
});

/** The log. No method changes what a record says; `erasePersonal` takes out who it was, and `deleteBatch` a whole batch whose seal stays. */
export abstract class AuditLogRepository {
  /** On the open transaction's connection where there is one. */
  abstract create(record: AuditLogRecord): Promise<void>;

  /** One row more than the limit where there is one; the total counts to `COUNTED_ROWS`. */
  abstract list(listing: Listing<AuditLogSortField>, filter: AuditLogFilter): Promise<Slice<AuditLogRecord>>;

  /** The latest first, those older than the record `before` alone: for walking through all of them. */
  abstract walk(filter: AuditLogFilter, before: string | null, limit: number): Promise<AuditLogRecord[]>;

  /** Nulls address, user agent and salt of what the account did and of what unknown clients did to it. Returns how many records. */
  abstract erasePersonal(userId: string): Promise<number>;

  /** The oldest of a class that no batch holds. */
  abstract unsealed(retention: string, limit: number): Promise<AuditLogRecord[]>;

  /** Puts records into a batch, those that are in none; returns how many. */
  abstract seal(ids: readonly string[], batchId: string): Promise<number>;

  /** What a batch holds now, by id. */
  abstract ofBatch(batchId: string): Promise<AuditLogRecord[]>;

  /** A batch that records claim and no checkpoint seals; `null`: there is none. */
  abstract strayBatch(): Promise<string | null>;

  /** For a batch whose checkpoint says that it is dropped. */
  abstract deleteBatch(batchId: string): Promise<number>;
}
