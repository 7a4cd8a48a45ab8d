import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { NewSlug, SlugOwnerKind, SlugRecord } from './slug.js';
import { SlugRepository } from './slug.repository.js';

@Injectable()
export class InMemorySlugRepository implements SlugRepository {
  private readonly slugs: InMemoryTable<SlugRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.slugs = database.table<SlugRecord>('slugs', {
      unique: [{ name: 'slugs_slug', key: ({ namespace, slug }) => `${namespace} ${slug}` }],
    });
  }

  claim(wanted: NewSlug): Promise<boolean> {
    return this.database.execute(() => {
      const { namespace, slug, kind, ownerId } = wanted;
      const held = this.slugs.find((row) => row.namespace === namespace && row.slug === slug);
      const own = held?.kind === kind && held.ownerId === ownerId;
      if (held && !own && (held.kind !== 'user' || held.current)) return false;
      if (held) this.slugs.delete(held.id);
      for (const row of this.ownedBy(kind, ownerId)) this.slugs.update(row.id, { current: false });
      this.slugs.insert({ ...wanted, id: held?.id ?? wanted.id, realmId: DEFAULT_REALM_ID, current: true });
      return true;
    });
  }

  find(namespace: string, slug: string): Promise<SlugRecord | null> {
    return this.database.execute(
      () => this.slugs.find((row) => row.namespace === namespace && row.slug === slug) ?? null,
    );
  }

  aliases(kind: SlugOwnerKind, ownerId: string): Promise<string[]> {
    return this.database.execute(() =>
      this.ownedBy(kind, ownerId)
        .filter(({ current }) => !current)
        .sort(
          (one, other) =>
            other.createdAt.getTime() - one.createdAt.getTime() || (one.slug < other.slug ? -1 : 1),
        )
        .map(({ slug }) => slug),
    );
  }

  release(kind: SlugOwnerKind, ownerId: string): Promise<void> {
    return this.database.execute(() => {
      for (const { id } of this.ownedBy(kind, ownerId)) this.slugs.delete(id);
    });
  }

  private ownedBy(kind: SlugOwnerKind, ownerId: string): SlugRecord[] {
    return this.slugs.filter((row) => row.kind === kind && row.ownerId === ownerId);
  }
}
