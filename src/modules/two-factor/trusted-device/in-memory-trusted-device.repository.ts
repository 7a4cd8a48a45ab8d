import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { NewTrustedDevice, TrustedDeviceRecord } from './trusted-device.js';
import { TrustedDeviceRepository, type TrustedDeviceSortField } from './trusted-device.repository.js';

@Injectable()
export class InMemoryTrustedDeviceRepository implements TrustedDeviceRepository {
  private readonly rows: InMemoryTable<TrustedDeviceRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<TrustedDeviceRecord>('trusted_devices', {
      unique: [{ name: 'trusted_devices_token', key: ({ userId, token }) => `${userId} ${token}` }],
    });
  }

  create(device: NewTrustedDevice): Promise<void> {
    return this.database.execute(() => {
      this.rows.insert({ ...device, realmId: DEFAULT_REALM_ID, lastUsedAt: device.createdAt });
    });
  }

  use(userId: string, tokenHash: string, now: Date): Promise<TrustedDeviceRecord | null> {
    return this.database.execute(() => {
      const row = this.living(userId, now).find(({ token }) => token === tokenHash);
      if (!row) return null;
      return this.rows.update(row.id, { lastUsedAt: row.lastUsedAt > now ? row.lastUsedAt : now }) ?? null;
    });
  }

  listByUser(
    userId: string,
    listing: Listing<TrustedDeviceSortField>,
    now: Date,
  ): Promise<{ rows: TrustedDeviceRecord[]; total: number }> {
    return this.database.execute(() =>
      paginate(this.living(userId, now), listing, {
        created_at: (device) => device.createdAt,
        last_used_at: (device) => device.lastUsedAt,
        expires_at: (device) => device.expiresAt,
      }),
    );
  }

  remove(userId: string, id: string, now: Date): Promise<boolean> {
    return this.database.execute(() => {
      const row = this.rows.get(id);
      return row?.userId === userId && this.rows.delete(id) && row.expiresAt > now;
    });
  }

  removeAll(userId: string, now: Date): Promise<string[]> {
    return this.database.execute(() => {
      const living = this.living(userId, now).map(({ id }) => id);
      this.database.deleteWhere('trusted_devices', 'userId', userId);
      return living;
    });
  }

  deleteExpired(now: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.rows.filter(({ expiresAt }) => expiresAt < now).slice(0, limit);
      for (const { id } of expired) this.rows.delete(id);
      return expired.length;
    });
  }

  private living(userId: string, now: Date): TrustedDeviceRecord[] {
    return this.rows.filter((row) => row.userId === userId && row.expiresAt > now);
  }
}
