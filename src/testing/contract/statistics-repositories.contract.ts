import { expect, it } from '@jest/globals';
import { DailyCountRepository } from '../../modules/admin/statistics/daily-count.repository.js';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import { AccountStatisticsRepository } from '../../modules/core/statistics/account-statistics.repository.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';
import { startSession } from './session-fixture.js';

const DAY_MS = 24 * 60 * MINUTE_MS;

/** What every AccountStatisticsRepository has to do. */
export function describeAccountStatisticsRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an AccountStatisticsRepository`, setup, (ports) => {
    const statistics = () => ports(AccountStatisticsRepository);

    it('counts accounts by state', async () => {
      const none = { living: 0, deleted: 0, banned: 0, inactive: 0, unverified: 0, superAdmins: 0 };
      expect(await statistics().users(NOW)).toEqual(none);
      const users = ports(UserRepository);
      const made = [
        await createUser(ports, { email: 'ada@example.com', emailVerified: true }),
        await createUser(ports, { isSuperAdmin: true }),
        await createUser(ports, { active: false }),
        await createUser(ports),
        await createUser(ports, { isSuperAdmin: true, active: false }),
      ];
      const [one, , , four, gone] = made.map(({ id }) => id);
      await users.ban(one ?? '', { at: NOW, until: later(MINUTE_MS), reason: null, by: null });
      await users.ban(four ?? '', { at: NOW, until: null, reason: null, by: null });
      await users.ban(gone ?? '', { at: NOW, until: null, reason: null, by: null });
      await users.softDelete(gone ?? '', NOW);
      const counts = { living: 4, deleted: 1, banned: 2, inactive: 1, unverified: 3, superAdmins: 1 };
      expect(await statistics().users(NOW)).toEqual(counts);
      expect(await statistics().users(later(MINUTE_MS))).toEqual({ ...counts, banned: 1 });
    });

    it('counts sign-ups by the day of UTC', async () => {
      for (const ms of [-DAY_MS, 0, DAY_MS - 1, DAY_MS, DAY_MS])
        await createUser(ports, { createdAt: later(ms) });
      expect(await statistics().signUpsSince(NOW)).toEqual([
        { day: '2026-01-01', count: 2 },
        { day: '2026-01-02', count: 2 },
      ]);
      expect(await statistics().signUpsSince(later(2 * DAY_MS))).toEqual([]);
    });

    it('counts sessions that live', async () => {
      const { id } = await createUser(ports);
      const first = await startSession(ports, id);
      await startSession(ports, id);
      expect(await statistics().livingSessions(NOW)).toBe(2);
      await ports(SessionRepository).revoke(first.family.id, 'logout', NOW);
      expect(await statistics().livingSessions(NOW)).toBe(1);
      expect(await statistics().livingSessions(later(DAY_MS))).toBe(0);
    });
  });
}

/** What every DailyCountRepository has to do. */
export function describeDailyCountRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a DailyCountRepository`, setup, (ports) => {
    const counts = () => ports(DailyCountRepository);

    it('adds up, from many nodes at once', async () => {
      await simultaneously(10, (index) => {
        const added = [
          { day: '2026-01-01', metric: 'logins', count: 2 },
          { day: '2026-01-02', metric: 'failed_logins', count: 1 },
        ] as const;
        return counts().add(index % 2 === 0 ? added : [...added].reverse());
      });
      await counts().add([{ day: '2026-01-02', metric: 'logins', count: 5 }]);
      await counts().add([]);
      const second = [
        { day: '2026-01-02', metric: 'failed_logins', count: 10 },
        { day: '2026-01-02', metric: 'logins', count: 5 },
      ];
      expect(await counts().since('2026-01-01')).toEqual([
        { day: '2026-01-01', metric: 'logins', count: 20 },
        ...second,
      ]);
      expect(await counts().since('2026-01-02')).toEqual(second);
    });

    it('forgets old days, in bounded steps', async () => {
      for (const day of ['2025-01-01', '2025-01-02', '2026-01-01'])
        await counts().add([{ day, metric: 'logins', count: 1 }]);
      expect(await counts().deleteBefore('2026-01-01', 1)).toBe(1);
      expect(await counts().deleteBefore('2026-01-01', 10)).toBe(1);
      expect(await counts().since('2000-01-01')).toEqual([{ day: '2026-01-01', metric: 'logins', count: 1 }]);
    });
  });
}
