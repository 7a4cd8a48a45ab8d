import { randomUUID } from 'node:crypto';
import type { AuditLogRecord } from '../../modules/audit/record/audit-log.js';
import { AuditLogRepository } from '../../modules/audit/record/audit-log.repository.js';
import { commitTo } from '../../modules/audit/record/personal-commitment.js';
import type { AuditCheckpointRecord } from '../../modules/audit/seal/audit-checkpoint.js';
import { UuidV7Generator } from '../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { FakeClock } from '../../shared/time/fake-clock.js';
import { hash, later, NOW, type Ports } from './contract-store.js';

/** A record that was written so many milliseconds after `NOW`. */
export function auditRecord(afterMs: number, values: Partial<AuditLogRecord> = {}): AuditLogRecord {
  const createdAt = later(afterMs);
  const personal = {
    ipAddress: values.ipAddress ?? '203.0.113.9',
    userAgent: values.userAgent ?? 'Firefox',
  };
  return {
    id: new UuidV7Generator(new FakeClock(createdAt)).next(),
    realmId: DEFAULT_REALM_ID,
    action: 'auth.login',
    actorId: null,
    actorType: 'user',
    impersonatorId: null,
    targetId: null,
    targetType: null,
    organizationId: null,
    severity: 'info',
    details: 'The user signed in.',
    metadata: { methods: ['pwd'], nested: { b: 1, a: null } },
    requestId: randomUUID(),
    retention: 'authentication',
    batchId: null,
    createdAt,
    ...personal,
    ...commitTo(personal),
    ...values,
  };
}

/** Writes one record a second from `NOW` on. */
export async function writeRecords(
  ports: Ports,
  records: readonly Partial<AuditLogRecord>[],
): Promise<AuditLogRecord[]> {
  const written = records.map((values, index) => auditRecord(index * 1000, values));
  for (const record of written) await ports(AuditLogRepository).create(record);
  return written;
}

export function auditCheckpoint(values: Partial<AuditCheckpointRecord> = {}): AuditCheckpointRecord {
  const ids = [randomUUID(), randomUUID()] as const;
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    retention: 'authentication',
    sequence: 1,
    count: 2,
    firstId: ids[0],
    lastId: ids[1],
    lastAt: NOW,
    digests: 'AAAA',
    root: hash(),
    previousHash: null,
    hash: hash(),
    mac: `test.${hash()}`,
    sealedAt: NOW,
    droppedAt: null,
    ...values,
  };
}
