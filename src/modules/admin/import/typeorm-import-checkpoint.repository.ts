import { Injectable } from '@nestjs/common';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { type ImportCheckpoint, ImportCheckpointRepository } from './import-checkpoint.repository.js';

const TABLE = 'castellan.user_imports';

@Injectable()
export class TypeOrmImportCheckpointRepository
  extends TypeOrmRepository
  implements ImportCheckpointRepository
{
  async open(name: string, now: Date): Promise<ImportCheckpoint> {
    const text = `INSERT INTO ${TABLE} AS kept (realm_id, name, line, created, skipped, failed, started_at, advanced_at)
      VALUES ($1, $2, 0, 0, 0, 0, $3, $3) ON CONFLICT (realm_id, name) DO UPDATE SET line = kept.line
      RETURNING name, line, created, skipped, failed`;
    const [checkpoint] = await this.context.query<ImportCheckpoint>(text, [DEFAULT_REALM_ID, name, now]);
    if (!checkpoint) throw new Error('An upsert returned no row.');
    return checkpoint;
  }

  async advance(from: ImportCheckpoint, to: ImportCheckpoint, now: Date): Promise<boolean> {
    const text = `UPDATE ${TABLE} SET line = $4, created = $5, skipped = $6, failed = $7, advanced_at = $8
      WHERE realm_id = $1 AND name = $2 AND line = $3 RETURNING line`;
    const values = [DEFAULT_REALM_ID, from.name, from.line, to.line, to.created, to.skipped, to.failed, now];
    return (await this.context.query(text, values)).length === 1;
  }
}
