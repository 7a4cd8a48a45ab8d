import { expect, it } from '@jest/globals';
import { ImportCheckpointRepository } from '../../modules/admin/import/import-checkpoint.repository.js';
import { type ContractSetup, describeContract, NOW, simultaneously } from './contract-store.js';

/** What every ImportCheckpointRepository has to do. */
export function describeImportCheckpointRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an ImportCheckpointRepository`, setup, (ports) => {
    const checkpoints = () => ports(ImportCheckpointRepository);

    it('begins at nothing, and goes on where it is', async () => {
      const start = await checkpoints().open('one', NOW);
      expect(start).toEqual({ name: 'one', line: 0, created: 0, skipped: 0, failed: 0 });
      const next = { name: 'one', line: 10, created: 7, skipped: 2, failed: 1 };
      expect(await checkpoints().advance(start, next, NOW)).toBe(true);
      expect(await checkpoints().open('one', NOW)).toEqual(next);
      expect(await checkpoints().open('two', NOW)).toMatchObject({ name: 'two', line: 0 });
    });

    it('lets one of 20 go on', async () => {
      const start = await checkpoints().open('one', NOW);
      const advanced = await simultaneously(20, (index) =>
        checkpoints().advance(start, { ...start, line: index + 1 }, NOW),
      );
      expect(advanced.filter(Boolean)).toHaveLength(1);
      expect(await checkpoints().advance({ ...start, name: 'nothing' }, start, NOW)).toBe(false);
    });
  });
}
