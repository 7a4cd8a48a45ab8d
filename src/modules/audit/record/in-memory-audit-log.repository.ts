import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate, type Slice } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { AuditLogFilter, AuditLogRecord } from './audit-log.js';
import { AuditLogRepository, type AuditLogSortField } from './audit-log.repository.js';

@Injectable()
export class InMemoryAuditLogRepository implements AuditLogRepository {
  private readonly records: InMemoryTable<AuditLogRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.records = database.table<AuditLogRecord>('audit_logs');
  }

  create(record: AuditLogRecord): Promise<void> {
    return this.database.execute(() => void this.records.insert(record));
  }

  list(listing: Listing<AuditLogSortField>, filter: AuditLogFilter): Promise<Slice<AuditLogRecord>> {
    return this.database.execute(() =>
      paginate(
        this.matching(filter),
        { ...listing, limit: listing.limit + 1 },
        {
          // Ids are in the order of time.
          created_at: (record) => record.createdAt,
          action: (record) => record.action,
          severity: (record) => record.severity,
          actor_id: (record) => record.actorId,
        },
      ),
    );
  }

  walk(filter: AuditLogFilter, before: string | null, limit: number): Promise<AuditLogRecord[]> {
    return this.database.execute(() =>
      sortById(this.matching(filter).filter(({ id }) => before === null || id < before))
        .reverse()
        .slice(0, limit),
    );
  }

  erasePersonal(userId: string): Promise<number> {
    return this.database.execute(() => {
      const found = this.records.filter(
        ({ actorId, targetId, personalSalt }) =>
          personalSalt !== null && (actorId === userId || (actorId === null && targetId === userId)),
      );
      for (const { id } of found)
        this.records.update(id, { ipAddress: null, userAgent: null, personalSalt: null });
      return found.length;
    });
  }

  unsealed(retention: string, limit: number): Promise<AuditLogRecord[]> {
    return this.database.execute(() =>
      sortById(
        this.records.filter((record) => record.batchId === null && record.retention === retention),
      ).slice(0, limit),
    );
  }

  seal(ids: readonly string[], batchId: string): Promise<number> {
    return this.database.execute(() => {
      const open = ids.filter((id) => this.records.get(id)?.batchId === null);
      for (const id of open) this.records.update(id, { batchId });
      return open.length;
    });
  }

  ofBatch(batchId: string): Promise<AuditLogRecord[]> {
    return this.database.execute(() => sortById(this.records.filter((record) => record.batchId === batchId)));
  }

  strayBatch(): Promise<string | null> {
    return this.database.execute(() => {
      const stray = this.records.find(
        ({ batchId }) => batchId !== null && !this.database.rowOf('audit_checkpoints', batchId),
      );
      return stray?.batchId ?? null;
    });
  }

  deleteBatch(batchId: string): Promise<number> {
    return this.database.execute(() => {
      const found = this.records.filter((record) => record.batchId === batchId);
      for (const { id } of found) this.records.delete(id);
      return found.length;
    });
  }

  private matching(filter: AuditLogFilter): AuditLogRecord[] {
    const { concerning, from, to } = filter;
    const fields = ['actorId', 'targetId', 'action', 'severity', 'organizationId'] as const;
    return this.records.filter(
      (record) =>
        fields.every((field) => filter[field] === undefined || record[field] === filter[field]) &&
        (concerning === undefined || record.actorId === concerning || record.targetId === concerning) &&
        (!from || record.createdAt >= from) &&
        (!to || record.createdAt < to),
    );
  }
}

function sortById(records: AuditLogRecord[]): AuditLogRecord[] {
  return records.sort((a, b) => Number(a.id > b.id) - Number(a.id < b.id));
}
