import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';
import type { AuditCheckpointRepository } from './audit-checkpoint.repository.js';

@Injectable()
export class InMemoryAuditCheckpointRepository implements AuditCheckpointRepository {
  private readonly checkpoints: InMemoryTable<AuditCheckpointRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.checkpoints = database.table<AuditCheckpointRecord>('audit_checkpoints', {
      unique: [{ name: 'audit_checkpoints_sequence', key: (row) => `${row.retention} ${row.sequence}` }],
    });
  }

  /** Transactions take turns here anyway. */
  lockChain(retention: string): Promise<AuditCheckpointRecord | null> {
    return this.database.execute(() => this.ofClass(retention).at(-1) ?? null);
  }

  create(checkpoint: AuditCheckpointRecord): Promise<void> {
    return this.database.execute(() => void this.checkpoints.insert(checkpoint));
  }

  classes(): Promise<string[]> {
    return this.database.execute(() =>
      [...new Set(this.checkpoints.filter().map(({ retention }) => retention))].sort(),
    );
  }

  chain(retention: string, after: number, limit: number): Promise<AuditCheckpointRecord[]> {
    return this.database.execute(() =>
      this.ofClass(retention)
        .filter(({ sequence }) => sequence > after)
        .slice(0, limit),
    );
  }

  drop(retention: string, before: Date, now: Date, limit: number): Promise<string[]> {
    return this.database.execute(() => {
      const old = this.ofClass(retention)
        .filter(({ droppedAt, lastAt }) => droppedAt === null && lastAt < before)
        .slice(0, limit);
      for (const { id } of old) this.checkpoints.update(id, { droppedAt: now, digests: null });
      return old.map(({ id }) => id);
    });
  }

  private ofClass(retention: string): AuditCheckpointRecord[] {
    return this.checkpoints
      .filter((checkpoint) => checkpoint.retention === retention)
      .sort((a, b) => a.sequence - b.sequence);
  }
}
