import type { AuditCheckpointRecord } from './audit-checkpoint.js';

/** The chains of checkpoints, one for each class. A checkpoint changes once, when its batch is dropped, and is never deleted. */
export abstract class AuditCheckpointRepository {
  /** Takes the chain's lock for the open transaction, waiting for whoever holds it, and gives its last checkpoint. */
  abstract lockChain(retention: string): Promise<AuditCheckpointRecord | null>;

  abstract create(checkpoint: AuditCheckpointRecord): Promise<void>;

  /** Classes that have a chain. */
  abstract classes(): Promise<string[]>;

  /** In their order, those behind a sequence number. */
  abstract chain(retention: string, after: number, limit: number): Promise<AuditCheckpointRecord[]>;

  /** Marks the oldest batches of a class as dropped whose latest record is older, and forgets their digests; returns their ids. */
  abstract drop(retention: string, before: Date, now: Date, limit: number): Promise<string[]>;
}
