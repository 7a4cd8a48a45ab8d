import { Injectable } from '@nestjs/common';
import { type Columns, columnList } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmContext } from '../../../shared/persistence/typeorm-context.js';
import type { NewSlug, SlugOwnerKind, SlugRecord } from './slug.js';
import { SlugRepository } from './slug.repository.js';

const COLUMNS: Columns<SlugRecord> = {
  id: 'id',
  realmId: 'realm_id',
  namespace: 'namespace',
  slug: 'slug',
  kind: 'kind',
  ownerId: 'owner_id',
  current: 'current',
  createdAt: 'created_at',
};

/** One statement decides who gets the name: its own owner again, or the new owner of a user's alias. */
const CLAIM = `
  INSERT INTO castellan.slugs AS s (realm_id, id, namespace, slug, kind, owner_id, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (realm_id, namespace, slug) DO UPDATE
    SET current = true, kind = excluded.kind, owner_id = excluded.owner_id, created_at = excluded.created_at
    WHERE (s.kind = excluded.kind AND s.owner_id = excluded.owner_id) OR (s.kind = 'user' AND NOT s.current)
  RETURNING s.id`;

@Injectable()
export class TypeOrmSlugRepository implements SlugRepository {
  constructor(private readonly context: TypeOrmContext) {}

  async claim({ id, namespace, slug, kind, ownerId, createdAt }: NewSlug): Promise<boolean> {
    const claimed = await this.context.query<{ id: string }>(CLAIM, [
      DEFAULT_REALM_ID,
      id,
      namespace,
      slug,
      kind,
      ownerId,
      createdAt,
    ]);
    if (claimed.length === 0) return false;
    await this.context.query(
      'UPDATE castellan.slugs SET current = false WHERE kind = $1 AND owner_id = $2 AND slug <> $3 AND current',
      [kind, ownerId, slug],
    );
    return true;
  }

  async find(namespace: string, slug: string): Promise<SlugRecord | null> {
    const [row] = await this.context.query<SlugRecord>(
      `SELECT ${columnList(COLUMNS)} FROM castellan.slugs WHERE realm_id = $1 AND namespace = $2 AND slug = $3`,
      [DEFAULT_REALM_ID, namespace, slug],
    );
    return row ?? null;
  }

  async aliases(kind: SlugOwnerKind, ownerId: string): Promise<string[]> {
    const rows = await this.context.query<{ slug: string }>(
      'SELECT slug FROM castellan.slugs WHERE kind = $1 AND owner_id = $2 AND NOT current ORDER BY created_at DESC, slug',
      [kind, ownerId],
    );
    return rows.map(({ slug }) => slug);
  }

  async release(kind: SlugOwnerKind, ownerId: string): Promise<void> {
    await this.context.query('DELETE FROM castellan.slugs WHERE kind = $1 AND owner_id = $2', [
      kind,
      ownerId,
    ]);
  }
}
