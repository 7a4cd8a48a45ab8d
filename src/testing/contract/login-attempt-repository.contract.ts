import { expect, it } from '@jest/globals';
import { LoginAttemptRepository } from '../../modules/core/token/login-attempt.repository.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';

const POLICY = { maxAttempts: 3, durationMs: 15 * MINUTE_MS };
const OPEN = { lockedUntil: null };
const LOCKED = { lockedUntil: later(POLICY.durationMs) };

/** What every LoginAttemptRepository has to do: lock as an account does. Run it on a store of your own. */
export function describeLoginAttemptRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a LoginAttemptRepository`, setup, (ports) => {
    const attempts = () => ports(LoginAttemptRepository);
    const reserve = (now = NOW, key = 'k1.ada', policy = POLICY) => attempts().reserve(key, policy, now);

    it('tells of the lock from the attempt after the one that set it', async () => {
      for (let attempt = 0; attempt < POLICY.maxAttempts; attempt += 1) expect(await reserve()).toEqual(OPEN);
      for (const now of [NOW, later(1), later(POLICY.durationMs - 1)])
        expect(await reserve(now)).toEqual(LOCKED);
      expect(await reserve(NOW, 'k1.grace')).toEqual(OPEN);
    });

    it('starts over at one when the lock has expired', async () => {
      for (let attempt = 0; attempt < 5; attempt += 1) await reserve();
      const end = later(POLICY.durationMs);
      for (let attempt = 0; attempt < POLICY.maxAttempts; attempt += 1)
        expect(await reserve(end)).toEqual(OPEN);
      expect(await reserve(end)).toEqual({ lockedUntil: later(2 * POLICY.durationMs) });
    });

    it('locks at the first attempt where one is the most, time and again', async () => {
      const strict = { maxAttempts: 1, durationMs: MINUTE_MS };
      expect(await reserve(NOW, 'k1.ada', strict)).toEqual(OPEN);
      expect(await reserve(NOW, 'k1.ada', strict)).toEqual({ lockedUntil: later(MINUTE_MS) });
      expect(await reserve(later(MINUTE_MS), 'k1.ada', strict)).toEqual(OPEN);
      expect(await reserve(later(MINUTE_MS), 'k1.ada', strict)).toEqual({
        lockedUntil: later(2 * MINUTE_MS),
      });
    });

    it('lets the attempt that meets a lowered maximum through, as an account does', async () => {
      for (let attempt = 0; attempt < 2; attempt += 1) await reserve();
      const lowered = { ...POLICY, maxAttempts: 1 };
      expect(await reserve(NOW, 'k1.ada', lowered)).toEqual(OPEN);
      expect(await reserve(NOW, 'k1.ada', lowered)).toEqual(LOCKED);
    });

    it('stays locked under a raised maximum', async () => {
      for (let attempt = 0; attempt < POLICY.maxAttempts; attempt += 1) await reserve();
      const raised = { ...POLICY, maxAttempts: 100 };
      expect(await reserve(NOW, 'k1.ada', raised)).toEqual(LOCKED);
    });

    it('lets no more attempts through than the maximum, of 50 at once', async () => {
      const reserved = await simultaneously(50, () => reserve());
      expect(reserved.filter(({ lockedUntil }) => lockedUntil === null)).toHaveLength(POLICY.maxAttempts);
    });

    it('removes what has not been counted on since an instant, so many at most, but no lock that holds', async () => {
      await Promise.all(['a', 'b', 'c'].map((key) => reserve(NOW, key)));
      await reserve(later(1), 'd');
      for (let attempt = 0; attempt < POLICY.maxAttempts; attempt += 1) await reserve(NOW, 'locked');
      expect(await attempts().deleteExpired(NOW, 10)).toBe(0);
      expect(await attempts().deleteExpired(later(1), 2)).toBe(2);
      expect(await attempts().deleteExpired(later(1), 10)).toBe(1);
      expect(await reserve(later(2), 'locked')).toEqual(LOCKED);
    });
  });
}
