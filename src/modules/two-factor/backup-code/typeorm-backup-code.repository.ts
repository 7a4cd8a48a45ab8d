import { Injectable } from '@nestjs/common';
import { columnList, type Columns } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { BackupCodeRecord, NewBackupCode } from './backup-code.js';
import { BackupCodeRepository } from './backup-code.repository.js';

const COLUMNS: Columns<BackupCodeRecord> = {
  id: 'id',
  realmId: 'realm_id',
  userId: 'user_id',
  selector: 'selector',
  code: 'code',
  used: 'used',
  usedAt: 'used_at',
  createdAt: 'created_at',
};
const RECORD = columnList(COLUMNS);
const OF_USER = `realm_id = '${DEFAULT_REALM_ID}' AND user_id = $1`;

@Injectable()
export class TypeOrmBackupCodeRepository implements BackupCodeRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async createBatch(codes: readonly NewBackupCode[]): Promise<void> {
    const rows = codes.map(({ id, userId, selector, code, createdAt }) => ({
      ...{ id, user_id: userId, selector, code, created_at: createdAt },
    }));
    await this.context.query(
      `INSERT INTO castellan.backup_codes (realm_id, id, user_id, selector, code, created_at)
       SELECT $1, c.id, c.user_id, c.selector, c.code, c.created_at
       FROM jsonb_to_recordset($2::jsonb) AS c (id uuid, user_id uuid, selector varchar, code varchar, created_at timestamptz)`,
      [DEFAULT_REALM_ID, JSON.stringify(rows)],
    );
  }

  findByUserId(userId: string): Promise<BackupCodeRecord[]> {
    const text = `SELECT ${RECORD} FROM castellan.backup_codes WHERE ${OF_USER} ORDER BY created_at, id`;
    return this.context.query<BackupCodeRecord>(text, [userId]);
  }

  async countUnused(userId: string): Promise<number> {
    const text = `SELECT count(*)::int AS count FROM castellan.backup_codes WHERE ${OF_USER} AND NOT used`;
    const [row] = await this.context.query<{ count: number }>(text, [userId]);
    return row?.count ?? 0;
  }

  async findUnused(userId: string, selector: string): Promise<BackupCodeRecord | null> {
    const text = `SELECT ${RECORD} FROM castellan.backup_codes WHERE ${OF_USER} AND selector = $2 AND NOT used`;
    const [row] = await this.context.query<BackupCodeRecord>(text, [userId, selector]);
    return row ?? null;
  }

  async markUsed(id: string, now: Date): Promise<boolean> {
    const text =
      'UPDATE castellan.backup_codes SET used = true, used_at = $2 WHERE id = $1 AND NOT used RETURNING id';
    return (await this.context.query(text, [id, now])).length === 1;
  }

  async deleteByUserId(userId: string): Promise<void> {
    await this.context.query(`DELETE FROM castellan.backup_codes WHERE ${OF_USER}`, [userId]);
  }
}
