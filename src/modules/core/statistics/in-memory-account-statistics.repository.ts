import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import type { SessionFamilyRecord } from '../session/session.js';
import { SessionRepository } from '../session/session.repository.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import {
  AccountStatisticsRepository,
  type DayCount,
  type UserCounts,
} from './account-statistics.repository.js';

@Injectable()
export class InMemoryAccountStatisticsRepository implements AccountStatisticsRepository {
  constructor(
    private readonly database: InMemoryDatabase,
    /** These make the tables. */
    _users: UserRepository,
    _sessions: SessionRepository,
  ) {}

  users(now: Date): Promise<UserCounts> {
    return this.database.execute(() => {
      const all = this.database.existingTable<UserRecord>('users').filter();
      const living = all.filter(({ deletedAt }) => deletedAt === null);
      const count = (holds: (user: UserRecord) => boolean): number => living.filter(holds).length;
      return {
        living: living.length,
        deleted: all.length - living.length,
        banned: count(
          ({ bannedAt, bannedUntil }) => bannedAt !== null && (bannedUntil === null || bannedUntil > now),
        ),
        inactive: count(({ active }) => !active),
        unverified: count(({ emailVerified }) => !emailVerified),
        superAdmins: count(({ isSuperAdmin }) => isSuperAdmin),
      };
    });
  }

  signUpsSince(from: Date): Promise<DayCount[]> {
    return this.database.execute(() => {
      const days = new Map<string, number>();
      for (const { createdAt } of this.database.existingTable<UserRecord>('users').filter())
        if (createdAt >= from) {
          const day = createdAt.toISOString().slice(0, 10);
          days.set(day, (days.get(day) ?? 0) + 1);
        }
      return Array.from(days, ([day, count]) => ({ day, count })).sort((one, other) =>
        one.day < other.day ? -1 : 1,
      );
    });
  }

  livingSessions(now: Date): Promise<number> {
    return this.database.execute(
      () =>
        this.database
          .existingTable<SessionFamilyRecord>('session_families')
          .filter(({ revokedAt, expiresAt }) => revokedAt === null && expiresAt > now).length,
    );
  }
}
