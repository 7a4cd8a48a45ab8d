import type { AuditLogRecord } from '../record/audit-log.js';

/** A record as stores outside get it: without what only the seal needs. */
export type SunkAuditRecord = Omit<AuditLogRecord, 'batchId' | 'personalSalt' | 'personalCommitment'>;

/**
 * A store beside the database: a log collector, ClickHouse … It gets a record after the commit of what it tells, in batches, in their order on this node.
 * Best effort: what it throws is logged, and the batch is dropped; the database has every record.
 */
export abstract class AuditSink {
  abstract write(records: readonly SunkAuditRecord[]): Promise<void>;

  /** At the stop, after the last write. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}
