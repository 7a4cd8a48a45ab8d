import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TwoFactorRepository } from '../../modules/two-factor/factor/two-factor.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  NOW,
  simultaneously,
} from './contract-store.js';

/** What every TwoFactorRepository has to do. Run it on a store of your own; it needs the accounts and the TransactionRunner too. */
export function describeTwoFactorRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a TwoFactorRepository`, setup, (ports) => {
    const factors = () => ports(TwoFactorRepository);
    const begin = (userId: string, pendingSecret: string) =>
      factors().begin({ id: randomUUID(), userId, pendingSecret, now: NOW });
    const confirm = (userId: string, pendingSecret: string, step = 100) =>
      factors().confirm({ userId, pendingSecret, step, begunAfter: later(-1), now: later(1) });

    it('enables the secret that was begun last, once', async () => {
      const userId = (await createUser(ports)).id;
      await begin(userId, 'first');
      await begin(userId, 'second');
      expect(await confirm(userId, 'first')).toBe(false);
      const confirmed = await simultaneously(20, () => confirm(userId, 'second'));
      expect(confirmed.filter(Boolean)).toHaveLength(1);
      expect(await factors().findByUserId(userId)).toEqual([
        expect.objectContaining({
          ...{ userId, method: 'totp', secret: 'second', pendingSecret: null, pendingAt: null },
          ...{ enabled: true, verified: true, confirmedAt: later(1), lastUsedStep: 100, phoneNumber: null },
        }),
      ]);
    });

    it('enables nothing that began too early, and disturbs nothing before it is confirmed', async () => {
      const userId = (await createUser(ports)).id;
      await begin(userId, 'old');
      const late = { userId, pendingSecret: 'old', step: 1, begunAfter: NOW, now: later(1) };
      expect(await factors().confirm(late)).toBe(false);
      expect(await factors().findByUserId(userId)).toMatchObject([{ enabled: false, secret: null }]);
      expect(await factors().useStep(userId, 'old', 5)).toBe(false);
      await confirm(userId, 'old');
      await begin(userId, 'new');
      expect(await factors().useStep(userId, 'old', 101)).toBe(true);
      expect(await confirm(userId, 'new', 102)).toBe(true);
      expect(await factors().useStep(userId, 'old', 103)).toBe(false);
    });

    it('takes a step once, and none before it', async () => {
      const userId = (await createUser(ports)).id;
      await begin(userId, 'secret');
      await confirm(userId, 'secret', 7);
      expect(await factors().useStep(userId, 'secret', 7)).toBe(false);
      const used = await simultaneously(50, () => factors().useStep(userId, 'secret', 9));
      expect(used.filter(Boolean)).toHaveLength(1);
      expect(await factors().useStep(userId, 'secret', 8)).toBe(false);
      expect(await factors().useStep(userId, 'secret', 10)).toBe(true);
    });

    it('keeps one row for a method, and removes by method or all', async () => {
      const userId = (await createUser(ports)).id;
      const sms = { id: randomUUID(), userId, method: 'sms', phoneNumber: '+41446681800', now: NOW } as const;
      await factors().enable(sms);
      await factors().enable({ ...sms, id: randomUUID(), phoneNumber: '+41446681801' });
      await factors().enable({ ...sms, id: randomUUID(), method: 'email', phoneNumber: null });
      await begin(userId, 'pending');
      const rows = await factors().findByUserId(userId);
      expect(rows.map(({ method, enabled }) => [method, enabled]).sort()).toEqual([
        ['email', true],
        ['sms', true],
        ['totp', false],
      ]);
      expect(rows.find(({ method }) => method === 'sms')?.phoneNumber).toBe('+41446681801');
      expect(await factors().remove(userId, ['sms'])).toEqual(['sms']);
      expect(await factors().remove(userId)).toEqual(['email']);
      expect(await factors().findByUserId(userId)).toEqual([]);
    });

    it('forgets what was never confirmed', async () => {
      const userId = (await createUser(ports)).id;
      await begin(userId, 'forgotten');
      await factors().deleteUnconfirmed(NOW, 1_000);
      expect(await factors().findByUserId(userId)).toHaveLength(1);
      await factors().deleteUnconfirmed(later(1), 1_000);
      expect(await factors().findByUserId(userId)).toEqual([]);
    });

    it('finds secrets under other keys, and replaces them if they have not changed', async () => {
      const userId = (await createUser(ports)).id;
      const prefix = `v1.${userId}.`;
      await begin(userId, `${prefix}x`);
      const found = async (): Promise<string[]> =>
        (await factors().findSealedOtherwise(prefix, null, 1_000)).map((row) => row.userId);
      expect(await found()).not.toContain(userId);
      await confirm(userId, `${prefix}x`);
      await begin(userId, 'other');
      expect(await found()).toContain(userId);
      const [row] = await factors().findByUserId(userId);
      if (!row) throw new Error('There is a row.');
      expect(await factors().findSealedOtherwise(prefix, row.id, 1_000)).not.toContainEqual(row);
      const sealed = { secret: row.secret, pendingSecret: `${prefix}y` };
      expect(await factors().reseal({ ...row, pendingSecret: 'changed' }, sealed)).toBe(false);
      expect(await factors().reseal(row, sealed)).toBe(true);
      expect(await factors().findByUserId(userId)).toMatchObject([sealed]);
    });

    it('makes changes of one account take turns, and none of a deleted one', async () => {
      const userId = (await createUser(ports)).id;
      await expect(factors().lock(userId)).rejects.toThrow();
      let inside = 0;
      await simultaneously(5, () =>
        ports(TransactionRunner).run(async () => {
          expect(await factors().lock(userId)).toBe(true);
          expect(++inside).toBe(1);
          await factors().findByUserId(userId);
          inside -= 1;
        }),
      );
      await ports(UserRepository).softDelete(userId, NOW);
      expect(await ports(TransactionRunner).run(() => factors().lock(userId))).toBe(false);
    });
  });
}
