import { expect, it } from '@jest/globals';
import { AttemptBudgetRepository } from '../../modules/core/token/attempt-budget.repository.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';

/** What every AttemptBudgetRepository has to do. Run it on a store of your own. */
export function describeAttemptBudgetRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an AttemptBudgetRepository`, setup, (ports) => {
    const budgets = () => ports(AttemptBudgetRepository);
    const reserve = (now = NOW, subject = 'ada', purpose = 'password_reset') =>
      budgets().reserve(purpose, subject, MINUTE_MS, now);

    it('counts in the window that the first attempt opened', async () => {
      expect(await reserve()).toEqual({ attempts: 1, windowEndsAt: later(MINUTE_MS) });
      expect(await reserve(later(1_000))).toEqual({ attempts: 2, windowEndsAt: later(MINUTE_MS) });
      expect(await reserve(later(MINUTE_MS - 1))).toEqual({ attempts: 3, windowEndsAt: later(MINUTE_MS) });
    });

    it('starts over at one when the window has passed, to the millisecond', async () => {
      await reserve();
      expect(await reserve(later(MINUTE_MS))).toEqual({ attempts: 1, windowEndsAt: later(2 * MINUTE_MS) });
      expect(await reserve(later(MINUTE_MS + 1))).toMatchObject({ attempts: 2 });
    });

    it('keeps purposes and subjects apart, and clears one', async () => {
      await reserve();
      expect(await reserve(NOW, 'grace')).toMatchObject({ attempts: 1 });
      expect(await reserve(NOW, 'ada', 'phone_change')).toMatchObject({ attempts: 1 });
      await budgets().clear('password_reset', 'ada');
      await budgets().clear('password_reset', 'nobody');
      expect(await reserve()).toMatchObject({ attempts: 1 });
      expect(await reserve(NOW, 'grace')).toMatchObject({ attempts: 2 });
      expect(await reserve(NOW, 'ada', 'phone_change')).toMatchObject({ attempts: 2 });
    });

    it('forgets subjects, whatever the purpose', async () => {
      for (const subject of ['ada@example.com', '+15550100001', 'bob@example.com'])
        for (const purpose of ['one', 'two']) await budgets().reserve(purpose, subject, MINUTE_MS, NOW);
      await budgets().forgetSubjects(['ada@example.com', '+15550100001', 'nobody']);
      await budgets().forgetSubjects([]);
      const next = async (subject: string): Promise<number> =>
        (await budgets().reserve('one', subject, MINUTE_MS, NOW)).attempts;
      expect([
        await next('ada@example.com'),
        await next('+15550100001'),
        await next('bob@example.com'),
      ]).toEqual([1, 1, 2]);
    });

    it('loses no count of 50', async () => {
      const counts = await simultaneously(50, async () => (await reserve()).attempts);
      expect(counts.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    });

    it('removes windows that have passed, so many at most', async () => {
      await Promise.all(['a', 'b', 'c'].map((subject) => reserve(NOW, subject)));
      await reserve(later(1), 'd');
      expect(await budgets().deleteExpired(later(MINUTE_MS - 1), 10)).toBe(0);
      expect(await budgets().deleteExpired(later(MINUTE_MS), 2)).toBe(2);
      expect(await budgets().deleteExpired(later(MINUTE_MS), 10)).toBe(1);
      expect(await reserve(later(2), 'd')).toMatchObject({ attempts: 2 });
    });
  });
}
