import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { JobRepository } from '../../modules/core/job/job.repository.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';

/** What every JobRepository has to do. Run it on a store of your own. */
export function describeJobRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a JobRepository`, setup, (ports) => {
    const [one, other] = [randomUUID(), randomUUID()];
    const acquire = (holder = one, now = NOW, job = 'expiry') =>
      ports(JobRepository).acquire(job, holder, new Date(now.getTime() + MINUTE_MS), now);

    it('gives a job to one of many that ask at once', async () => {
      for (let round = 0; round < 3; round += 1) {
        const now = later(round * 10 * MINUTE_MS);
        const answers = await simultaneously(20, () => acquire(randomUUID(), now));
        expect(answers.filter(Boolean)).toHaveLength(1);
      }
    });

    it('keeps it for its holder until the lease ends, each job by itself', async () => {
      expect(await acquire()).toBe(true);
      expect([await acquire(), await acquire(other), await acquire(other, later(MINUTE_MS - 1))]).toEqual([
        false,
        false,
        false,
      ]);
      expect(await acquire(other, NOW, 'counters')).toBe(true);
      expect(await acquire(other, later(MINUTE_MS))).toBe(true);
    });

    it('lets its holder alone extend it and give it back', async () => {
      await acquire();
      const jobs = ports(JobRepository);
      expect([
        await jobs.extend('expiry', other, later(9 * MINUTE_MS)),
        await jobs.extend('expiry', one, later(2 * MINUTE_MS)),
      ]).toEqual([false, true]);
      expect(await acquire(other, later(MINUTE_MS))).toBe(false);
      await jobs.release('expiry', other, NOW);
      expect(await acquire(other, later(MINUTE_MS))).toBe(false);
      await jobs.release('expiry', one, NOW);
      expect(await acquire(other, later(MINUTE_MS))).toBe(true);
      expect(await jobs.extend('expiry', one, later(9 * MINUTE_MS))).toBe(false);
    });

    it('gives it to nobody before it is due', async () => {
      await acquire();
      await ports(JobRepository).release('expiry', one, later(5 * MINUTE_MS));
      expect(await acquire(other, later(5 * MINUTE_MS - 1))).toBe(false);
      expect(await acquire(other, later(5 * MINUTE_MS))).toBe(true);
    });
  });
}
