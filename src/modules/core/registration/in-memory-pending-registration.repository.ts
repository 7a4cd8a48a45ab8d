import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { emailKey } from '../user/identifier-key.js';
import type { PendingRegistrationRecord } from './pending-registration.js';
import { PendingRegistrationRepository } from './pending-registration.repository.js';

const MOST_OF_AN_ADDRESS = 10;

@Injectable()
export class InMemoryPendingRegistrationRepository implements PendingRegistrationRepository {
  private readonly rows: InMemoryTable<PendingRegistrationRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<PendingRegistrationRecord>('pending_registrations');
  }

  create(registration: PendingRegistrationRecord): Promise<void> {
    return this.database.execute(() => {
      this.rows.insert(registration);
    });
  }

  findById(id: string, now: Date): Promise<PendingRegistrationRecord | null> {
    return this.database.execute(() => this.rows.find((row) => row.id === id && row.expiresAt > now) ?? null);
  }

  take(id: string, now: Date): Promise<PendingRegistrationRecord | null> {
    return this.database.execute(() => {
      const found = this.rows.find((row) => row.id === id && row.expiresAt > now);
      if (found) this.rows.delete(id);
      return found ?? null;
    });
  }

  listByEmail(email: string, now: Date): Promise<PendingRegistrationRecord[]> {
    const key = emailKey(email);
    return this.newest((row) => row.email !== null && emailKey(row.email) === key, now);
  }

  listByPhoneNumber(phoneNumber: string, now: Date): Promise<PendingRegistrationRecord[]> {
    return this.newest((row) => row.phoneNumber === phoneNumber, now);
  }

  deleteExpired(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.rows.filter((row) => row.expiresAt < before).slice(0, limit);
      for (const { id } of expired) this.rows.delete(id);
      return expired.length;
    });
  }

  private newest(
    matches: (row: PendingRegistrationRecord) => boolean,
    now: Date,
  ): Promise<PendingRegistrationRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter((row) => row.expiresAt > now && matches(row))
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
        )
        .slice(0, MOST_OF_AN_ADDRESS),
    );
  }
}
