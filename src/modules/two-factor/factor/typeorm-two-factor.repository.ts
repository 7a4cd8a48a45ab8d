import { Injectable } from '@nestjs/common';
import { columnList, type Columns } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type {
  ConfirmedAddress,
  ConfirmedTotp,
  PendingTotp,
  TwoFactorMethod,
  TwoFactorRecord,
} from './two-factor.js';
import { TwoFactorRepository } from './two-factor.repository.js';

const COLUMNS: Columns<TwoFactorRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  method: 'method',
  secret: 'secret',
  pendingSecret: 'pending_secret',
  pendingAt: 'pending_at',
  phoneNumber: 'phone_number',
  enabled: 'enabled',
  verified: 'verified',
  confirmedAt: 'confirmed_at',
  lastUsedStep: 'last_used_step',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
const RECORD = columnList(COLUMNS);
const OF_USER = `realm_id = '${DEFAULT_REALM_ID}' AND user_id = $1`;

@Injectable()
export class TypeOrmTwoFactorRepository implements TwoFactorRepository {
  constructor(private readonly context: TypeOrmContext) {}

  /** The account's row first, as everywhere: one order of locks. */
  async lock(userId: string): Promise<boolean> {
    if (!this.context.transaction) throw new Error('A lock without a transaction ends at once.');
    const text = 'SELECT id FROM castellan.users WHERE id = $1 AND deleted_at IS NULL FOR NO KEY UPDATE';
    return (await this.context.query(text, [userId])).length === 1;
  }

  async begin({ id, userId, pendingSecret, now }: PendingTotp): Promise<void> {
    await this.context.query(
      `INSERT INTO castellan.two_factors (realm_id, id, user_id, method, pending_secret, pending_at, created_at, updated_at)
       VALUES ($1, $2, $3, 'totp', $4, $5, $5, $5)
       ON CONFLICT (realm_id, user_id, method) DO UPDATE SET pending_secret = excluded.pending_secret, pending_at = excluded.pending_at`,
      [DEFAULT_REALM_ID, id, userId, pendingSecret, now],
    );
  }

  findByUserId(userId: string): Promise<TwoFactorRecord[]> {
    const text = `SELECT ${RECORD} FROM castellan.two_factors WHERE ${OF_USER} ORDER BY created_at, id`;
    return this.context.statement<TwoFactorRecord>('two_factors_by_user', text, [userId]);
  }

  async confirm({ userId, pendingSecret, step, begunAfter, now }: ConfirmedTotp): Promise<boolean> {
    const text = `UPDATE castellan.two_factors SET secret = pending_secret, pending_secret = NULL, pending_at = NULL,
        enabled = true, verified = true, confirmed_at = $5, last_used_step = $3
      WHERE ${OF_USER} AND method = 'totp' AND pending_secret = $2 AND pending_at > $4 RETURNING id`;
    const rows = await this.context.query(text, [userId, pendingSecret, step, begunAfter, now]);
    return rows.length === 1;
  }

  async enable({ id, userId, method, phoneNumber, now }: ConfirmedAddress): Promise<void> {
    await this.context.query(
      `INSERT INTO castellan.two_factors (realm_id, id, user_id, method, phone_number, enabled, verified, confirmed_at, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, true, true, $6, $6, $6)
       ON CONFLICT (realm_id, user_id, method) DO UPDATE SET phone_number = excluded.phone_number, confirmed_at = excluded.confirmed_at`,
      [DEFAULT_REALM_ID, id, userId, method, phoneNumber, now],
    );
  }

  async useStep(userId: string, secret: string, step: number): Promise<boolean> {
    const text = `UPDATE castellan.two_factors SET last_used_step = $3
      WHERE ${OF_USER} AND method = 'totp' AND enabled AND secret = $2 AND (last_used_step IS NULL OR last_used_step < $3) RETURNING id`;
    return (await this.context.query(text, [userId, secret, step])).length === 1;
  }

  async remove(userId: string, methods?: readonly TwoFactorMethod[]): Promise<TwoFactorMethod[]> {
    const text = `DELETE FROM castellan.two_factors WHERE ${OF_USER} AND ($2::text[] IS NULL OR method = ANY($2)) RETURNING method, enabled`;
    const rows = await this.context.query<Pick<TwoFactorRecord, 'method' | 'enabled'>>(text, [
      userId,
      methods ?? null,
    ]);
    return rows.flatMap(({ method, enabled }) => (enabled ? [method] : []));
  }

  async deleteUnconfirmed(begunBefore: Date, limit: number): Promise<number> {
    const text = `DELETE FROM castellan.two_factors WHERE id IN
      (SELECT id FROM castellan.two_factors WHERE NOT enabled AND pending_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING id`;
    return (await this.context.query(text, [begunBefore, limit])).length;
  }

  findSealedOtherwise(prefix: string, afterId: string | null, limit: number): Promise<TwoFactorRecord[]> {
    const text = `SELECT ${RECORD} FROM castellan.two_factors
      WHERE (NOT starts_with(secret, $1) OR NOT starts_with(pending_secret, $1)) AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`;
    return this.context.query<TwoFactorRecord>(text, [prefix, afterId, limit]);
  }

  async reseal(
    from: Pick<TwoFactorRecord, 'id' | 'secret' | 'pendingSecret'>,
    to: Pick<TwoFactorRecord, 'secret' | 'pendingSecret'>,
  ): Promise<boolean> {
    const text = `UPDATE castellan.two_factors SET secret = $4, pending_secret = $5
      WHERE id = $1 AND secret IS NOT DISTINCT FROM $2 AND pending_secret IS NOT DISTINCT FROM $3 RETURNING id`;
    const values = [from.id, from.secret, from.pendingSecret, to.secret, to.pendingSecret];
    return (await this.context.query(text, values)).length === 1;
  }
}
