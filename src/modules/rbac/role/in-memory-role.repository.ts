import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { RoleChanges, RoleRecord, RoleScope } from './role.js';
import { type RoleFilter, RoleRepository, type RoleSortField } from './role.repository.js';

@Injectable()
export class InMemoryRoleRepository implements RoleRepository {
  private readonly roles: InMemoryTable<RoleRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.roles = database.table<RoleRecord>('roles', {
      unique: [{ name: 'roles_slug', key: ({ organizationId, slug }) => `${organizationId ?? ''} ${slug}` }],
    });
  }

  create(role: RoleRecord): Promise<boolean> {
    return this.database.execute(() => {
      if (this.roles.conflictOf(role) !== undefined) return false;
      this.roles.insert(role);
      return true;
    });
  }

  findById(id: string): Promise<RoleRecord | null> {
    return this.database.execute(() => this.roles.get(id) ?? null);
  }

  findBySlug(scope: RoleScope, slug: string): Promise<RoleRecord | null> {
    return this.database.execute(
      () => this.roles.find((role) => role.organizationId === scope && role.slug === slug) ?? null,
    );
  }

  /** A transaction holds everything. */
  lock(id: string): Promise<RoleRecord | null> {
    return this.findById(id);
  }

  lockOrganization(): Promise<void> {
    return Promise.resolve();
  }

  list(
    scope: RoleScope,
    listing: Listing<RoleSortField>,
    { query }: RoleFilter,
  ): Promise<{ rows: RoleRecord[]; total: number }> {
    const text = query?.toLowerCase() ?? '';
    const matches = ({ organizationId, slug, name }: RoleRecord): boolean =>
      organizationId === scope && (slug.includes(text) || name.toLowerCase().includes(text));
    return this.database.execute(() =>
      paginate(this.roles.filter(matches), listing, {
        created_at: (role) => role.createdAt,
        slug: (role) => role.slug,
        name: (role) => role.name,
      }),
    );
  }

  update(id: string, changes: RoleChanges): Promise<RoleRecord | null> {
    const given = Object.fromEntries(
      Object.entries<unknown>({ ...changes }).filter(([, value]) => value !== undefined),
    );
    return this.database.execute(() => this.roles.update(id, { ...given, updatedAt: new Date() }) ?? null);
  }

  delete(id: string): Promise<boolean> {
    return this.database.execute(() => this.remove(id));
  }

  deleteByOrganization(organizationId: string): Promise<number> {
    return this.database.execute(
      () =>
        this.roles
          .filter((role) => role.organizationId === organizationId)
          .filter(({ id }) => this.remove(id)).length,
    );
  }

  private remove(id: string): boolean {
    this.database.deleteReferencing('roles', id);
    return this.roles.delete(id);
  }
}
