import { Injectable } from '@nestjs/common';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { Maintains, MaintenanceTask, ResolvedCoreOptions } from '../../core/index.js';
import { ResolvedAuditOptions } from '../audit.options.js';
import type { AuditLogRecord } from '../record/audit-log.js';
import { AuditLogRepository } from '../record/audit-log.repository.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';
import { AuditCheckpointRepository } from './audit-checkpoint.repository.js';
import { checkpointHash, packDigests, rootOf, type SealedFacts } from './record-digest.js';

/** Records of one batch at most. */
export const BATCH_RECORDS = 1_000;
/** Batches of one class in one round, so that a backlog does not keep other tasks from their turn. */
const ROUND = 200;

/** Purpose of the HMAC over a checkpoint's hash. */
export const CHECKPOINT_HMAC = 'audit_checkpoint';

/**
 * Seals what has been written since the last round: each batch's digests into a checkpoint, chained to the one before of its class. Writers hold no lock
 * for it, since a record that commits late is sealed with the next batch. Nodes take turns by the chain's lock.
 */
@Maintains(true)
@Injectable()
export class AuditSealer extends MaintenanceTask {
  constructor(
    private readonly log: AuditLogRepository,
    private readonly checkpoints: AuditCheckpointRepository,
    private readonly transactions: TransactionRunner,
    private readonly ids: IdGenerator,
    private readonly options: ResolvedAuditOptions,
    private readonly core: ResolvedCoreOptions,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    const known = [...this.options.retentionMs.keys(), ...(await this.checkpoints.classes())];
    for (const retention of new Set(known)) {
      for (let batch = 0; batch < ROUND; batch += 1) if (!(await this.sealOne(retention, now))) break;
    }
  }

  /** Whether a whole batch was sealed, so that there may be more. */
  private sealOne(retention: string, now: Date): Promise<boolean> {
    return this.transactions.run(async () => {
      const last = await this.checkpoints.lockChain(retention);
      const records = await this.log.unsealed(retention, BATCH_RECORDS);
      const checkpoint = this.checkpointOf(retention, records, last, now);
      if (!checkpoint) return false;
      await this.checkpoints.create(checkpoint);
      const sealed = await this.log.seal(
        records.map(({ id }) => id),
        checkpoint.id,
      );
      if (sealed !== records.length) throw new Error('The audit log changed while it was sealed.');
      return records.length === BATCH_RECORDS;
    });
  }

  private checkpointOf(
    retention: string,
    records: readonly AuditLogRecord[],
    last: AuditCheckpointRecord | null,
    now: Date,
  ): AuditCheckpointRecord | null {
    const [first, final] = [records[0], records.at(-1)];
    if (!first || !final) return null;
    const digests = packDigests(records);
    const facts: SealedFacts = {
      id: this.ids.next(),
      realmId: DEFAULT_REALM_ID,
      retention,
      sequence: (last?.sequence ?? 0) + 1,
      count: records.length,
      firstId: first.id,
      lastId: final.id,
      lastAt: final.createdAt,
      root: rootOf(digests),
      previousHash: last?.hash ?? null,
      sealedAt: now,
    };
    const hash = checkpointHash(facts);
    return { ...facts, digests, hash, mac: this.core.secrets.hmac(CHECKPOINT_HMAC, hash), droppedAt: null };
  }
}
