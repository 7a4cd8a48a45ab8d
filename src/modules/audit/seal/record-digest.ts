import { createHash } from 'node:crypto';
import type { AuditLogRecord } from '../record/audit-log.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';

const ID_BYTES = 16;
const DIGEST_BYTES = 32;

export interface RecordDigest {
  readonly id: string;
  readonly digest: string;
}

/** SHA-256 over all that a record says; the personal fields enter as their commitment. */
export function digestOf(record: AuditLogRecord): string {
  const said = [
    'castellan.audit.record.v1',
    record.id,
    record.realmId,
    record.createdAt.toISOString(),
    record.action,
    record.actorId,
    record.actorType,
    record.impersonatorId,
    record.targetId,
    record.targetType,
    record.organizationId,
    record.severity,
    record.details,
    sorted(record.metadata),
    record.requestId,
    record.retention,
    record.personalCommitment,
  ];
  return sha256(JSON.stringify(said));
}

/** Ids and digests, 48 bytes each, base64. */
export function packDigests(records: readonly AuditLogRecord[]): string {
  const parts = records.map((record) => Buffer.from(record.id.replaceAll('-', '') + digestOf(record), 'hex'));
  return Buffer.concat(parts).toString('base64');
}

export function unpackDigests(packed: string): RecordDigest[] {
  const bytes = Buffer.from(packed, 'base64');
  const found: RecordDigest[] = [];
  for (let start = 0; start < bytes.length; start += ID_BYTES + DIGEST_BYTES) {
    const hex = bytes.toString('hex', start, start + ID_BYTES);
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)];
    found.push({
      id: id.join('-'),
      digest: bytes.toString('hex', start + ID_BYTES, start + ID_BYTES + DIGEST_BYTES),
    });
  }
  return found;
}

export type SealedFacts = Omit<AuditCheckpointRecord, 'digests' | 'hash' | 'mac' | 'droppedAt'>;

/** SHA-256 over all that a checkpoint says, the hash before it included; the digests are in it by their root. */
export function checkpointHash(checkpoint: SealedFacts): string {
  return sha256(
    JSON.stringify([
      'castellan.audit.checkpoint.v1',
      checkpoint.id,
      checkpoint.realmId,
      checkpoint.retention,
      checkpoint.sequence,
      checkpoint.count,
      checkpoint.firstId,
      checkpoint.lastId,
      checkpoint.lastAt.toISOString(),
      checkpoint.root,
      checkpoint.previousHash,
      checkpoint.sealedAt.toISOString(),
    ]),
  );
}

export function rootOf(digests: string): string {
  return sha256(digests);
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** With the keys of every object in one order: jsonb keeps none. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => Number(a > b) - Number(a < b))
      .map(([key, inner]) => [key, sorted(inner)]),
  );
}
