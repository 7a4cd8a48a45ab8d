import { expect, it } from '@jest/globals';
import type { AuditCheckpointRecord } from '../../modules/audit/seal/audit-checkpoint.js';
import { AuditCheckpointRepository } from '../../modules/audit/seal/audit-checkpoint.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { auditCheckpoint } from './audit-fixture.js';
import { type ContractSetup, describeContract, later, NOW, simultaneously } from './contract-store.js';

/** What every AuditCheckpointRepository has to do. Run it on a store of your own. */
export function describeAuditCheckpointRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an AuditCheckpointRepository`, setup, (ports) => {
    const checkpoints = () => ports(AuditCheckpointRepository);
    const chainOf = async (retention: string) =>
      (await checkpoints().chain(retention, 0, 100)).map(({ sequence }) => sequence);

    it('keeps a chain for each class', async () => {
      const made = [1, 2, 3].map((sequence) => auditCheckpoint({ sequence }));
      for (const checkpoint of [...made, auditCheckpoint({ retention: 'user' })])
        await checkpoints().create(checkpoint);
      expect(await checkpoints().classes()).toEqual(['authentication', 'user']);
      expect(await checkpoints().chain('authentication', 1, 1)).toEqual([made[1]]);
      expect(await chainOf('authentication')).toEqual([1, 2, 3]);
      const last = await ports(TransactionRunner).run(() => checkpoints().lockChain('authentication'));
      expect(last).toEqual(made[2]);
      expect(await ports(TransactionRunner).run(() => checkpoints().lockChain('admin'))).toBeNull();
    });

    it('lets one at a time go on with a chain', async () => {
      await simultaneously(20, () =>
        ports(TransactionRunner).run(async () => {
          const last: AuditCheckpointRecord | null = await checkpoints().lockChain('user');
          const sequence = (last?.sequence ?? 0) + 1;
          await checkpoints().create(auditCheckpoint({ retention: 'user', sequence }));
        }),
      );
      expect(await chainOf('user')).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it('drops the oldest batches, each once, and keeps their checkpoints', async () => {
      const made = [1, 2, 3].map((sequence) => auditCheckpoint({ sequence, lastAt: later(sequence * 1000) }));
      for (const checkpoint of made) await checkpoints().create(checkpoint);
      const drop = () => checkpoints().drop('authentication', later(2500), NOW, 1);
      expect(await drop()).toEqual([made[0]?.id]);
      expect(await drop()).toEqual([made[1]?.id]);
      expect(await drop()).toEqual([]);
      expect(await checkpoints().chain('authentication', 0, 10)).toEqual([
        { ...made[0], digests: null, droppedAt: NOW },
        { ...made[1], digests: null, droppedAt: NOW },
        made[2],
      ]);
      expect(await checkpoints().drop('user', later(1e9), NOW, 1)).toEqual([]);
    });
  });
}
