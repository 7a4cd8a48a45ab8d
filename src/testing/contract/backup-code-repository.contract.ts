import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { BackupCodeRepository } from '../../modules/two-factor/backup-code/backup-code.repository.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  NOW,
  simultaneously,
} from './contract-store.js';

/** What every BackupCodeRepository has to do. Run it on a store of your own; it needs the accounts too. */
export function describeBackupCodeRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a BackupCodeRepository`, setup, (ports) => {
    const codes = () => ports(BackupCodeRepository);

    it('gives a backup code to one of fifty, and counts what is left', async () => {
      const [userId, other] = [(await createUser(ports)).id, (await createUser(ports)).id];
      const code = (owner: string, selector: string) => ({
        ...{ id: randomUUID(), userId: owner, selector, code: `hash of ${selector}`, createdAt: NOW },
      });
      await codes().createBatch([code(userId, 'AAAAA'), code(userId, 'BBBBB'), code(other, 'AAAAA')]);
      const found = await codes().findUnused(userId, 'AAAAA');
      expect(found).toMatchObject({ userId, code: 'hash of AAAAA', used: false, usedAt: null });
      const used = await simultaneously(50, () => codes().markUsed(found?.id ?? '', later(5)));
      expect(used.filter(Boolean)).toHaveLength(1);
      expect(await codes().findUnused(userId, 'AAAAA')).toBeNull();
      expect([await codes().countUnused(userId), await codes().countUnused(other)]).toEqual([1, 1]);
      expect(await codes().findByUserId(userId)).toContainEqual({ ...found, used: true, usedAt: later(5) });
      await codes().deleteByUserId(userId);
      expect(await codes().findByUserId(userId)).toEqual([]);
      expect(await codes().countUnused(other)).toBe(1);
    });
  });
}
