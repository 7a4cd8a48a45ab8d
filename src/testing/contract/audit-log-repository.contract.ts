import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { AuditLogFilter, AuditLogRecord } from '../../modules/audit/record/audit-log.js';
import {
  AUDIT_LISTING,
  auditKeyOf,
  AuditLogRepository,
} from '../../modules/audit/record/audit-log.repository.js';
import { AuditCheckpointRepository } from '../../modules/audit/seal/audit-checkpoint.repository.js';
import type { ListingOpts } from '../../shared/listing/listing.js';
import { toPage } from '../../shared/listing/page.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { auditCheckpoint, auditRecord, writeRecords } from './audit-fixture.js';
import { type ContractSetup, describeContract, later, NOW, simultaneously } from './contract-store.js';

const [A, B, C] = [randomUUID(), randomUUID(), randomUUID()];

/** What every AuditLogRepository has to do. Run it on a store of your own; it needs the checkpoints too. */
export function describeAuditLogRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an AuditLogRepository`, setup, (ports) => {
    const log = () => ports(AuditLogRepository);
    const list = (filter: AuditLogFilter, options: ListingOpts = {}) =>
      log().list(AUDIT_LISTING.normalize(options), filter);
    const idsOf = (records: readonly AuditLogRecord[]) => records.map(({ id }) => id);

    it('gives back what was written, whatever is null', async () => {
      const full = auditRecord(1, {
        actorId: A,
        impersonatorId: B,
        targetId: C,
        targetType: 'user',
        organizationId: randomUUID(),
        severity: 'critical',
      });
      const bare = auditRecord(0, { ipAddress: null, userAgent: null, metadata: {} });
      await log().create(full);
      await log().create(bare);
      expect((await list({})).rows).toEqual([full, bare]);
    });

    it('is written with the transaction, or not at all', async () => {
      const lost = ports(TransactionRunner).run(async () => {
        await log().create(auditRecord(0));
        throw new Error('no');
      });
      await expect(lost).rejects.toThrow('no');
      expect((await list({})).total).toBe(0);
    });

    it('finds by actor, target, action, severity, organization and time', async () => {
      const organizationId = randomUUID();
      const written = await writeRecords(ports, [
        { actorId: A, action: 'auth.login' },
        { actorId: B, targetId: A, targetType: 'user', severity: 'warning', action: 'admin.user.ban' },
        { targetId: B, targetType: 'user', organizationId, severity: 'critical' },
      ]);
      const [a, b, c] = idsOf(written);
      const found = async (filter: AuditLogFilter) => idsOf((await list(filter, { sort_dir: 'asc' })).rows);
      expect(await found({ actorId: A })).toEqual([a]);
      expect(await found({ targetId: A })).toEqual([b]);
      expect(await found({ concerning: A })).toEqual([a, b]);
      expect(await found({ concerning: B })).toEqual([b, c]);
      expect(await found({ action: 'auth.login' })).toEqual([a, c]);
      expect(await found({ severity: 'critical' })).toEqual([c]);
      expect(await found({ organizationId })).toEqual([c]);
      expect(await found({ organizationId, actorId: A })).toEqual([]);
      expect(await found({ from: later(1000) })).toEqual([b, c]);
      expect(await found({ to: later(1000) })).toEqual([a]);
      expect(await found({ from: later(1000), to: later(2000) })).toEqual([b]);
      expect(await found({ from: new Date(0), to: new Date(8.64e15) })).toHaveLength(3);
    });

    it('counts a record once that somebody did to themselves', async () => {
      await writeRecords(ports, [{ actorId: A, targetId: A, targetType: 'user' }]);
      expect(await list({ concerning: A })).toMatchObject({ total: 1, rows: [{ actorId: A }] });
    });

    it.each(['created_at', 'action', 'severity', 'actor_id'])(
      'pages by %s, both ways, by offset as by cursor, whatever is written meanwhile',
      async (sort_field) => {
        const actors = [A, B, null];
        const records = await writeRecords(
          ports,
          Array.from({ length: 13 }, (_, index) => ({
            actorId: actors[index % 3] ?? null,
            targetId: C,
            targetType: 'user',
            action: index % 2 === 0 ? 'auth.login' : 'auth.logout',
            severity: index % 4 === 0 ? ('warning' as const) : ('info' as const),
          })),
        );
        for (const filter of [{}, { concerning: C }, { concerning: A }]) {
          for (const sort_dir of ['asc', 'desc']) {
            const all = idsOf((await list(filter, { sort_field, sort_dir, limit: 100 })).rows);
            const offset = idsOf((await list(filter, { sort_field, sort_dir, limit: 4, offset: 3 })).rows);
            expect(offset.slice(0, 4)).toEqual(all.slice(3, 7));
            const paged: string[] = [];
            let cursor: string | null = null;
            do {
              const listing = AUDIT_LISTING.normalize({
                sort_field,
                sort_dir,
                limit: 4,
                ...(cursor !== null && { cursor }),
              });
              const { rows, total } = await log().list(listing, filter);
              const page = toPage(listing, rows, total, auditKeyOf);
              paged.push(...idsOf(page.data));
              cursor = page.next_cursor;
            } while (cursor !== null);
            expect(paged).toEqual(all);
          }
        }
        const [oldest] = records;
        expect(idsOf((await list({}, { sort_dir: 'asc', limit: 1 })).rows)[0]).toBe(oldest?.id);
      },
    );

    it('finds nothing behind a cursor that nobody was given', async () => {
      await writeRecords(ports, [{ actorId: A }]);
      const cursor = Buffer.from(JSON.stringify(['actor_id', 'desc', 'nonsense', randomUUID()])).toString(
        'base64url',
      );
      expect((await list({}, { sort_field: 'actor_id', cursor })).rows.length).toBeLessThanOrEqual(1);
    });

    it('is walked through from the latest, some at a time', async () => {
      const written = await writeRecords(ports, [{}, { actorId: A }, {}, { actorId: A }, {}]);
      const first = await log().walk({}, null, 3);
      const rest = await log().walk({}, first.at(-1)?.id ?? null, 3);
      expect(idsOf([...first, ...rest])).toEqual(idsOf(written).reverse());
      expect(await log().walk({ actorId: A }, null, 10)).toHaveLength(2);
    });

    it('erases who an account was, and nothing of what it did', async () => {
      const [own, unknown, admin, other] = await writeRecords(ports, [
        { actorId: A },
        { actorId: null, targetId: A, targetType: 'user' },
        { actorId: B, targetId: A, targetType: 'user' },
        { actorId: B },
      ]);
      expect(await log().erasePersonal(A)).toBe(2);
      expect(await log().erasePersonal(A)).toBe(0);
      const erased = { ipAddress: null, userAgent: null, personalSalt: null };
      expect((await list({}, { sort_dir: 'asc' })).rows).toEqual([
        { ...own, ...erased },
        { ...unknown, ...erased },
        admin,
        other,
      ]);
    });

    it('finds a batch that no checkpoint seals', async () => {
      const stray = randomUUID();
      const [checkpoint, other] = [auditCheckpoint(), auditCheckpoint({ sequence: 2 })];
      for (const each of [checkpoint, other]) await ports(AuditCheckpointRepository).create(each);
      await writeRecords(ports, [{ batchId: checkpoint.id }, { batchId: other.id }, {}]);
      expect(await log().strayBatch()).toBeNull();
      await writeRecords(ports, [{ batchId: stray }]);
      expect(await log().strayBatch()).toBe(stray);
    });

    it('puts each record into one batch, and takes whole batches away', async () => {
      const written = await writeRecords(ports, [{}, {}, {}, { retention: 'security' }]);
      expect(idsOf(await log().unsealed('authentication', 2))).toEqual(idsOf(written).slice(0, 2));
      const [one, two] = [auditCheckpoint(), auditCheckpoint({ sequence: 2 })];
      for (const checkpoint of [one, two]) await ports(AuditCheckpointRepository).create(checkpoint);
      const ids = idsOf(written).slice(0, 2);
      const sealed = await simultaneously(5, () => log().seal(ids, one.id));
      expect(sealed.sort()).toEqual([0, 0, 0, 0, 2]);
      expect(await log().seal(ids, two.id)).toBe(0);
      expect(await log().strayBatch()).toBeNull();
      expect(idsOf(await log().ofBatch(one.id))).toEqual(ids);
      expect(idsOf(await log().unsealed('authentication', 10))).toEqual([written[2]?.id]);
      await log().erasePersonal(A);
      const dropped = await ports(AuditCheckpointRepository).drop('authentication', later(1), NOW, 1);
      expect(dropped).toEqual([one.id]);
      expect(await log().deleteBatch(one.id)).toBe(2);
      expect((await list({})).total).toBe(2);
    });
  });
}
