import { Injectable } from '@nestjs/common';
import { type Columns, columnList, insertOf } from '../../../shared/persistence/columns.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';
import type { AuditCheckpointRepository } from './audit-checkpoint.repository.js';

const TABLE = 'castellan.audit_checkpoints';
const COLUMNS: Columns<AuditCheckpointRecord> = {
  id: 'id',
  realmId: 'realm_id',
  retention: 'retention',
  sequence: 'sequence',
  count: 'count',
  firstId: 'first_id',
  lastId: 'last_id',
  lastAt: 'last_at',
  digests: 'digests',
  root: 'root',
  previousHash: 'previous_hash',
  hash: 'hash',
  mac: 'mac',
  sealedAt: 'sealed_at',
  droppedAt: 'dropped_at',
};
const RECORD = columnList(COLUMNS);

@Injectable()
export class TypeOrmAuditCheckpointRepository extends TypeOrmRepository implements AuditCheckpointRepository {
  async lockChain(retention: string): Promise<AuditCheckpointRecord | null> {
    await this.context.query('SELECT pg_advisory_xact_lock(hashtext($1))', [
      `castellan.audit_chain.${retention}`,
    ]);
    const [last] = await this.context.query<AuditCheckpointRecord>(
      `SELECT ${RECORD} FROM ${TABLE} WHERE retention = $1 ORDER BY realm_id DESC, sequence DESC LIMIT 1`,
      [retention],
    );
    return last ?? null;
  }

  async create(checkpoint: AuditCheckpointRecord): Promise<void> {
    const { text, values } = insertOf(TABLE, COLUMNS, checkpoint);
    await this.context.query(text, values);
  }

  async classes(): Promise<string[]> {
    const rows = await this.context.query<{ retention: string }>(
      `SELECT DISTINCT retention FROM ${TABLE} ORDER BY retention`,
    );
    return rows.map(({ retention }) => retention);
  }

  chain(retention: string, after: number, limit: number): Promise<AuditCheckpointRecord[]> {
    return this.context.query(
      `SELECT ${RECORD} FROM ${TABLE} WHERE retention = $1 AND sequence > $2 ORDER BY sequence LIMIT $3`,
      [retention, after, limit],
    );
  }

  async drop(retention: string, before: Date, now: Date, limit: number): Promise<string[]> {
    const rows = await this.context.query<{ id: string }>(
      `UPDATE ${TABLE} SET dropped_at = $3, digests = NULL WHERE id IN (
         SELECT id FROM ${TABLE} WHERE retention = $1 AND dropped_at IS NULL AND last_at < $2
         ORDER BY last_at LIMIT $4 FOR UPDATE SKIP LOCKED
       ) RETURNING id`,
      [retention, before, now, limit],
    );
    return rows.map(({ id }) => id);
  }
}
