import { Injectable } from '@nestjs/common';
import { ResolvedCoreOptions } from '../../core/index.js';
import { ResolvedAuditOptions } from '../audit.options.js';
import type { AuditLogRecord } from '../record/audit-log.js';
import { AuditLogRepository } from '../record/audit-log.repository.js';
import { keepsCommitment } from '../record/personal-commitment.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';
import { AuditCheckpointRepository } from './audit-checkpoint.repository.js';
import { CHECKPOINT_HMAC } from './audit-sealer.js';
import { checkpointHash, digestOf, rootOf, unpackDigests } from './record-digest.js';

export type AuditFlaw =
  /** A record says something else than when it was sealed. */
  | 'record_altered'
  | 'record_deleted'
  /** A record claims a batch that was sealed without it. */
  | 'record_inserted'
  | 'checkpoint_altered'
  | 'checkpoint_missing'
  /** No checkpoint from here on was made with `AUTH_SECRETS`. */
  | 'checkpoint_forged'
  /** A batch was dropped before its time, or half. */
  | 'batch_dropped_early';

export interface AuditFinding {
  readonly flaw: AuditFlaw;
  readonly retention: string;
  readonly sequence: number;
  /** The record, where it is about one. */
  readonly recordId: string | null;
}

/** What a chain looks like. Keep `head` elsewhere: only who knows it can tell that the end of a chain was cut off. */
export interface AuditChainReport {
  readonly retention: string;
  readonly checkpoints: number;
  readonly records: number;
  /** Records whose personal fields have been erased. */
  readonly erased: number;
  readonly dropped: number;
  readonly head: string | null;
  /** The first that is wrong. */
  readonly finding: AuditFinding | null;
}

export interface AuditVerification {
  readonly sound: boolean;
  readonly chains: readonly AuditChainReport[];
  /** A record that claims a batch which no chain has: inserted, or its whole chain is gone. */
  readonly strayRecordId: string | null;
}

const PAGE = 50;

/** Checks every chain against the log, in constant memory. */
@Injectable()
export class AuditVerifier {
  constructor(
    private readonly log: AuditLogRepository,
    private readonly checkpoints: AuditCheckpointRepository,
    private readonly options: ResolvedAuditOptions,
    private readonly core: ResolvedCoreOptions,
  ) {}

  async verify(): Promise<AuditVerification> {
    const chains: AuditChainReport[] = [];
    for (const retention of await this.checkpoints.classes()) chains.push(await this.verifyChain(retention));
    const stray = await this.log.strayBatch();
    const strayRecordId = stray === null ? null : ((await this.log.ofBatch(stray))[0]?.id ?? null);
    const sound = strayRecordId === null && chains.every(({ finding }) => finding === null);
    return { sound, chains, strayRecordId };
  }

  /** From the first checkpoint on, to the first flaw. */
  async verifyChain(retention: string): Promise<AuditChainReport> {
    const state = { checkpoints: 0, records: 0, erased: 0, dropped: 0 };
    let last: AuditCheckpointRecord | null = null;
    let unauthenticated: number | null = null;
    const report = (finding: AuditFinding | null): AuditChainReport => ({
      retention,
      ...state,
      head: last?.hash ?? null,
      finding,
    });
    for (;;) {
      const page: AuditCheckpointRecord[] = await this.checkpoints.chain(
        retention,
        last?.sequence ?? 0,
        PAGE,
      );
      for (const checkpoint of page) {
        const finding = this.inspect(checkpoint, last) ?? (await this.inspectBatch(checkpoint, state));
        if (finding) return report(finding);
        const authentic = this.authenticity(checkpoint);
        if (authentic === 'forged') return report(flawOf(checkpoint, 'checkpoint_forged'));
        // The hash of a later checkpoint covers the earlier, so one good HMAC vouches for all before it.
        unauthenticated = authentic === 'good' ? null : (unauthenticated ?? checkpoint.sequence);
        last = checkpoint;
        state.checkpoints += 1;
      }
      if (page.length < PAGE) break;
    }
    return unauthenticated === null
      ? report(null)
      : report({ flaw: 'checkpoint_forged', retention, sequence: unauthenticated, recordId: null });
  }

  private inspect(
    checkpoint: AuditCheckpointRecord,
    last: AuditCheckpointRecord | null,
  ): AuditFinding | null {
    const { retention } = checkpoint;
    const expected = (last?.sequence ?? 0) + 1;
    if (checkpoint.sequence !== expected)
      return { flaw: 'checkpoint_missing', retention, sequence: expected, recordId: null };
    const sound =
      checkpoint.hash === checkpointHash(checkpoint) &&
      checkpoint.previousHash === (last?.hash ?? null) &&
      (checkpoint.digests === null || rootOf(checkpoint.digests) === checkpoint.root);
    return sound ? null : flawOf(checkpoint, 'checkpoint_altered');
  }

  private async inspectBatch(
    checkpoint: AuditCheckpointRecord,
    state: { records: number; erased: number; dropped: number },
  ): Promise<AuditFinding | null> {
    const records = await this.log.ofBatch(checkpoint.id);
    if (checkpoint.digests === null) {
      state.dropped += 1;
      return this.droppedInTime(checkpoint) && records.length === 0
        ? null
        : flawOf(checkpoint, 'batch_dropped_early');
    }
    state.records += records.length;
    state.erased += records.filter(({ personalSalt }) => personalSalt === null).length;
    return firstDifference(checkpoint, checkpoint.digests, records);
  }

  private droppedInTime({ retention, lastAt, droppedAt }: AuditCheckpointRecord): boolean {
    const keptMs = this.options.retentionMs.get(retention);
    if (keptMs === null || droppedAt === null) return false;
    return keptMs === undefined || droppedAt.getTime() - lastAt.getTime() > keptMs;
  }

  private authenticity({ hash, mac }: AuditCheckpointRecord): 'good' | 'forged' | 'unknown_key' {
    const candidates = this.core.secrets.hmacCandidates(CHECKPOINT_HMAC, hash);
    if (candidates.includes(mac)) return 'good';
    const keyOf = (text: string): string => text.slice(0, text.lastIndexOf('.'));
    return candidates.some((candidate) => keyOf(candidate) === keyOf(mac)) ? 'forged' : 'unknown_key';
  }
}

/** By id, both sides in order: the first record that is gone, too many, or another. */
function firstDifference(
  checkpoint: AuditCheckpointRecord,
  digests: string,
  records: readonly AuditLogRecord[],
): AuditFinding | null {
  const sealed = new Map(unpackDigests(digests).map(({ id, digest }) => [id, digest]));
  const present = new Map(records.map((record) => [record.id, record]));
  const ids = [...new Set([...sealed.keys(), ...present.keys()])].sort();
  for (const id of ids) {
    const record = present.get(id);
    const digest = sealed.get(id);
    if (!record) return flawOf(checkpoint, 'record_deleted', id);
    if (digest === undefined) return flawOf(checkpoint, 'record_inserted', id);
    if (digestOf(record) !== digest || !keepsCommitment(record))
      return flawOf(checkpoint, 'record_altered', id);
  }
  return null;
}

function flawOf(
  { retention, sequence }: AuditCheckpointRecord,
  flaw: AuditFlaw,
  recordId: string | null = null,
): AuditFinding {
  return { flaw, retention, sequence, recordId };
}
