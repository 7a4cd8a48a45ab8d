import 'reflect-metadata';
import { createHash, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { KeyRing } from '../../../shared/crypto/key-ring.js';
import { UuidV7Generator } from '../../../shared/ids/id-generator.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTransactionRunner } from '../../../shared/persistence/in-memory-storage.js';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { auditRecord } from '../../../testing/contract/audit-fixture.js';
import { NOW } from '../../../testing/contract/contract-store.js';
import type { ResolvedCoreOptions } from '../../core/index.js';
import { resolveAuditOptions } from '../audit.options.js';
import type { AuditLogRecord } from '../record/audit-log.js';
import { InMemoryAuditLogRepository } from '../record/in-memory-audit-log.repository.js';
import { AuditRetention } from './audit-retention.js';
import { AuditSealer, BATCH_RECORDS } from './audit-sealer.js';
import { AuditVerifier } from './audit-verifier.js';
import { InMemoryAuditCheckpointRepository } from './in-memory-audit-checkpoint.repository.js';

const DAY_MS = 24 * 60 * 60_000;
const secret = (id: string) => `${id}:${createHash('sha256').update(id).digest('base64')}`;

/** What somebody with the database's password can do, past every port. */
type Row = Record<string, unknown>;
interface Rows {
  readonly rows: Map<string, Row>;
}

describe('Sealing the audit log', () => {
  let log: InMemoryAuditLogRepository;
  let checkpoints: InMemoryAuditCheckpointRepository;
  let database: InMemoryDatabase;
  const options = resolveAuditOptions();

  const core = (secrets: string) => ({ secrets: KeyRing.parse(secrets) }) as ResolvedCoreOptions;
  const runner = () => new InMemoryTransactionRunner(database);
  const sealer = (secrets = secret('k1')) =>
    new AuditSealer(
      log,
      checkpoints,
      runner(),
      new UuidV7Generator(new FakeClock(NOW)),
      options,
      core(secrets),
    );
  const retention = () => new AuditRetention(log, checkpoints, runner(), options);
  const verify = (secrets = secret('k1')) =>
    new AuditVerifier(log, checkpoints, options, core(secrets)).verify();
  const chainOf = async (name: string, secrets?: string) =>
    (await verify(secrets)).chains.find((chain) => chain.retention === name);
  const tables = {
    logs: () => (Reflect.get(log, 'records') as unknown as Rows).rows,
    checkpoints: () => (Reflect.get(checkpoints, 'checkpoints') as unknown as Rows).rows,
  };

  async function write(count: number, values: Partial<AuditLogRecord> = {}, from = 0): Promise<string[]> {
    const ids: string[] = [];
    for (let index = 0; index < count; index += 1) {
      const record = auditRecord((from + index) * 1000, values);
      await log.create(record);
      ids.push(record.id);
    }
    return ids;
  }

  beforeEach(() => {
    database = new InMemoryDatabase();
    log = new InMemoryAuditLogRepository(database);
    checkpoints = new InMemoryAuditCheckpointRepository(database);
  });

  it('seals each class by itself, in batches, and goes on where it stopped', async () => {
    await write(BATCH_RECORDS + 3);
    await write(2, { retention: 'security' });
    await sealer().run(NOW);
    await sealer().run(NOW);
    await write(1, {}, 5000);
    await sealer().run(NOW);
    expect(await verify()).toMatchObject({
      sound: true,
      chains: [
        { retention: 'authentication', checkpoints: 3, records: BATCH_RECORDS + 4, finding: null },
        { retention: 'security', checkpoints: 1, records: 2, finding: null },
      ],
    });
  });

  it('seals once, however many nodes do at once', async () => {
    await write(50);
    await Promise.all(Array.from({ length: 10 }, () => sealer().run(NOW)));
    expect(await chainOf('authentication')).toMatchObject({ checkpoints: 1, records: 50, finding: null });
  });

  it('seals a record that was committed late with the next batch', async () => {
    await write(3, {}, 10);
    await sealer().run(NOW);
    await write(1, {}, 0);
    await sealer().run(NOW);
    expect(await chainOf('authentication')).toMatchObject({ checkpoints: 2, records: 4, finding: null });
  });

  it.each<[string, (row: Row) => void]>([
    ['action', (row) => (row['action'] = 'auth.logout')],
    ['actor', (row) => (row['actorId'] = randomUUID())],
    ['impersonator', (row) => (row['impersonatorId'] = randomUUID())],
    ['time', (row) => (row['createdAt'] = new Date(0))],
    ['metadata', (row) => (row['metadata'] = {})],
    ['severity', (row) => (row['severity'] = 'warning')],
    ['address', (row) => (row['ipAddress'] = '198.51.100.1')],
    ['address, taken away', (row) => (row['ipAddress'] = null)],
    ['commitment', (row) => (row['personalCommitment'] = 'x'.repeat(43))],
    ['salt, so that an address may stay', (row) => (row['personalSalt'] = null)],
  ])('names the first record whose %s was altered', async (_name, alter) => {
    const ids = await write(10);
    await sealer().run(NOW);
    for (const id of [ids[7], ids[4]]) alter(tables.logs().get(id ?? '') ?? {});
    expect(await verify()).toMatchObject({ sound: false });
    expect((await chainOf('authentication'))?.finding).toEqual({
      flaw: 'record_altered',
      retention: 'authentication',
      sequence: 1,
      recordId: ids[4],
    });
  });

  it('names a record that was deleted, and one that was inserted', async () => {
    const ids = await write(5);
    await sealer().run(NOW);
    const [batch] = await checkpoints.chain('authentication', 0, 1);
    const forged = auditRecord(2500, { batchId: batch?.id ?? null });
    await log.create(forged);
    expect((await chainOf('authentication'))?.finding).toMatchObject({
      flaw: 'record_inserted',
      recordId: forged.id,
    });
    tables.logs().delete(ids[1] ?? '');
    expect((await chainOf('authentication'))?.finding).toMatchObject({
      flaw: 'record_deleted',
      recordId: ids[1],
    });
  });

  it('is sound after personal fields were erased', async () => {
    const actorId = randomUUID();
    await write(3, { actorId });
    await sealer().run(NOW);
    await log.erasePersonal(actorId);
    expect(await chainOf('authentication')).toMatchObject({ records: 3, erased: 3, finding: null });
  });

  it('does not take a class that was deleted with its checkpoints for none', async () => {
    const [first] = await write(3);
    await sealer().run(NOW);
    tables.checkpoints().clear();
    expect(await verify()).toEqual({ sound: false, chains: [], strayRecordId: first });
  });

  it('names a checkpoint that is missing, rewritten, or made without the secret', async () => {
    for (let batch = 0; batch < 3; batch += 1) {
      await write(2, {}, batch * 10);
      await sealer().run(NOW);
    }
    const [, second] = await checkpoints.chain('authentication', 0, 3);
    const row = tables.checkpoints().get(second?.id ?? '') ?? {};
    const before = { ...row };
    const flaw = async (secrets?: string) => {
      const found = (await chainOf('authentication', secrets))?.finding;
      return found && [found.flaw, found.sequence];
    };
    row['count'] = 1;
    expect(await flaw()).toEqual(['checkpoint_altered', 2]);
    Object.assign(row, before, { digests: 'AAAA' });
    expect(await flaw()).toEqual(['checkpoint_altered', 2]);
    Object.assign(row, before, { mac: `k1.${'A'.repeat(43)}` });
    expect(await flaw()).toEqual(['checkpoint_forged', 2]);
    Object.assign(row, before);
    expect(await flaw()).toBeNull();
    // A chain that somebody else has made from its beginning on.
    expect(await flaw(secret('k2'))).toEqual(['checkpoint_forged', 1]);
    tables.checkpoints().delete(second?.id ?? '');
    expect(await flaw()).toEqual(['checkpoint_missing', 2]);
  });

  it('goes on when the secret is replaced, and when the old one is gone', async () => {
    await write(2);
    await sealer(secret('k1')).run(NOW);
    await write(2, {}, 10);
    await sealer(`${secret('k2')},${secret('k1')}`).run(NOW);
    expect((await chainOf('authentication', secret('k2')))?.finding).toBeNull();
  });

  it('drops whole batches in their time, keeps their checkpoints, and never what is kept for good', async () => {
    await write(2);
    await write(2, { retention: 'security' });
    await sealer().run(NOW);
    await write(2, {}, 86_400 * 2);
    await sealer().run(NOW);
    const kept = options.retentionMs.get('authentication') ?? 0;
    await retention().run(new Date(NOW.getTime() + kept + DAY_MS));
    expect(await verify()).toMatchObject({
      sound: true,
      chains: [
        { retention: 'authentication', checkpoints: 2, dropped: 1, records: 2 },
        { retention: 'security', checkpoints: 1, dropped: 0, records: 2 },
      ],
    });
    await retention().run(new Date(NOW.getTime() + kept * 100));
    expect(await verify()).toMatchObject({
      sound: true,
      chains: [{ dropped: 2 }, { dropped: 0, records: 2 }],
    });
  });

  it('tells a batch that somebody dropped before its time', async () => {
    await write(2);
    await write(2, { retention: 'security' });
    await sealer().run(NOW);
    for (const name of ['authentication', 'security']) {
      const [batch] = await checkpoints.drop(name, new Date(NOW.getTime() + DAY_MS), NOW, 1);
      await log.deleteBatch(batch ?? '');
      expect((await chainOf(name))?.finding).toMatchObject({ flaw: 'batch_dropped_early', sequence: 1 });
    }
  });
});
