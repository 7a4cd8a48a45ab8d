import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { columnList, type Columns, insertOf } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthTrustedDevice } from './auth-trusted-device.entity.js';
import type { NewTrustedDevice, TrustedDeviceRecord } from './trusted-device.js';
import { TrustedDeviceRepository, type TrustedDeviceSortField } from './trusted-device.repository.js';

const COLUMNS: Columns<TrustedDeviceRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  token: 'token',
  name: 'name',
  userAgent: 'user_agent',
  ipAddress: 'ip_address',
  lastUsedAt: 'last_used_at',
  expiresAt: 'expires_at',
  createdAt: 'created_at',
};
const OF_USER = `realm_id = '${DEFAULT_REALM_ID}' AND user_id = $1`;

const LISTED: Readonly<Record<TrustedDeviceSortField, string>> = {
  created_at: 'device.createdAt',
  last_used_at: 'device.lastUsedAt',
  expires_at: 'device.expiresAt',
};

@Injectable()
export class TypeOrmTrustedDeviceRepository extends TypeOrmRepository implements TrustedDeviceRepository {
  async create(device: NewTrustedDevice): Promise<void> {
    const row = { ...device, realmId: DEFAULT_REALM_ID, lastUsedAt: device.createdAt };
    const { text, values } = insertOf('castellan.trusted_devices', COLUMNS, row);
    await this.context.query(text, values);
  }

  async use(userId: string, tokenHash: string, now: Date): Promise<TrustedDeviceRecord | null> {
    const text = `UPDATE castellan.trusted_devices SET last_used_at = greatest(last_used_at, $3::timestamptz)
      WHERE ${OF_USER} AND token = $2 AND expires_at > $3::timestamptz RETURNING ${columnList(COLUMNS)}`;
    const [row] = await this.context.query<TrustedDeviceRecord>(text, [userId, tokenHash, now]);
    return row ?? null;
  }

  listByUser(
    userId: string,
    listing: Listing<TrustedDeviceSortField>,
    now: Date,
  ): Promise<{ rows: TrustedDeviceRecord[]; total: number }> {
    const query = this.repository(AuthTrustedDevice)
      .createQueryBuilder('device')
      .where('device.userId = :userId AND device.expiresAt > :now', { userId, now });
    return this.listed(query, listing, LISTED, 'device.id');
  }

  async remove(userId: string, id: string, now: Date): Promise<boolean> {
    const text = `DELETE FROM castellan.trusted_devices WHERE ${OF_USER} AND id = $2 RETURNING expires_at > $3::timestamptz AS live`;
    const [row] = await this.context.query<{ live: boolean }>(text, [userId, id, now]);
    return row?.live === true;
  }

  async removeAll(userId: string, now: Date): Promise<string[]> {
    const text = `DELETE FROM castellan.trusted_devices WHERE ${OF_USER} RETURNING id, expires_at > $2::timestamptz AS live`;
    const rows = await this.context.query<{ id: string; live: boolean }>(text, [userId, now]);
    return rows.flatMap(({ id, live }) => (live ? [id] : []));
  }

  async deleteExpired(now: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.trusted_devices WHERE id IN
      (SELECT id FROM castellan.trusted_devices WHERE expires_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [now, limit])).length;
  }
}
