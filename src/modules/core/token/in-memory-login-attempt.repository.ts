import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { LockoutPolicy } from '../user/user.repository.js';
import { LoginAttemptRepository } from './login-attempt.repository.js';

interface Attempts {
  readonly id: string;
  readonly attempts: number;
  readonly lockedUntil: Date | null;
  readonly updatedAt: Date;
}

@Injectable()
export class InMemoryLoginAttemptRepository implements LoginAttemptRepository {
  private readonly rows: InMemoryTable<Attempts>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<Attempts>('login_attempts');
  }

  reserve(key: string, policy: LockoutPolicy, now: Date): Promise<{ lockedUntil: Date | null }> {
    return this.database.execute(() => {
      const current = this.rows.get(key);
      if (current && current.lockedUntil !== null && current.lockedUntil > now)
        return { lockedUntil: current.lockedUntil };
      const attempts = current?.lockedUntil === null ? current.attempts + 1 : 1;
      const lockedUntil = attempts >= policy.maxAttempts ? new Date(now.getTime() + policy.durationMs) : null;
      const counted = { id: key, attempts, lockedUntil, updatedAt: now };
      if (current) this.rows.update(key, counted);
      else this.rows.insert(counted);
      return { lockedUntil: null };
    });
  }

  deleteExpired(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const old = this.rows
        .filter((row) => row.updatedAt < before && (row.lockedUntil === null || row.lockedUntil <= before))
        .slice(0, limit);
      for (const { id } of old) this.rows.delete(id);
      return old.length;
    });
  }
}
