import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Maintains, MaintenanceTask } from '../../core/index.js';
import { ResolvedAuditOptions } from '../audit.options.js';
import { AuditLogRepository } from '../record/audit-log.repository.js';
import { AuditCheckpointRepository } from './audit-checkpoint.repository.js';

/** Drops whole batches whose latest record is older than its class is kept; their checkpoints stay, so the chain goes on telling that nothing else went. */
@Maintains(true)
@Injectable()
export class AuditRetention extends MaintenanceTask {
  constructor(
    private readonly log: AuditLogRepository,
    private readonly checkpoints: AuditCheckpointRepository,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedAuditOptions,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    for (const [retention, keptMs] of this.options.retentionMs) {
      if (keptMs === null) continue;
      const before = new Date(now.getTime() - keptMs);
      while (await this.dropOne(retention, before, now));
    }
  }

  /** One batch a transaction, so that none holds its locks for long. */
  private dropOne(retention: string, before: Date, now: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      const [batchId] = await this.checkpoints.drop(retention, before, now, 1);
      if (batchId === undefined) return false;
      await this.log.deleteBatch(batchId);
      return true;
    });
  }
}
