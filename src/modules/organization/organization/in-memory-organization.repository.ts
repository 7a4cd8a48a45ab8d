import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate, type Slice } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryOrganizationTables } from '../in-memory-organization.tables.js';
import type { NewOrganization, OrganizationChanges, OrganizationRecord } from './organization.js';
import {
  type OrganizationFilter,
  OrganizationRepository,
  type OrganizationSortField,
} from './organization.repository.js';

@Injectable()
export class InMemoryOrganizationRepository implements OrganizationRepository {
  private readonly tables: InMemoryOrganizationTables;

  constructor(private readonly database: InMemoryDatabase) {
    this.tables = InMemoryOrganizationTables.of(database);
  }

  create(organization: NewOrganization): Promise<boolean> {
    return this.database.execute(() => {
      const record = { ...organization, updatedAt: null };
      if (this.tables.organizations.conflictOf(record) !== undefined) return false;
      this.tables.organizations.insert(record);
      return true;
    });
  }

  findById(id: string): Promise<OrganizationRecord | null> {
    return this.database.execute(() => this.tables.organizations.get(id) ?? null);
  }

  findByIds(ids: readonly string[]): Promise<OrganizationRecord[]> {
    return this.database.execute(() => this.tables.organizations.filter(({ id }) => ids.includes(id)));
  }

  /** Transactions take turns here anyway. */
  lock(id: string): Promise<OrganizationRecord | null> {
    return this.findById(id);
  }

  list(
    listing: Listing<OrganizationSortField>,
    { ownerId, memberId, query }: OrganizationFilter,
  ): Promise<Slice<OrganizationRecord>> {
    return this.database.execute(() => {
      const text = query?.toLowerCase();
      const mine = new Set(
        this.tables.members
          .filter((member) => member.userId === memberId)
          .map(({ organizationId }) => organizationId),
      );
      const rows = this.tables.organizations.filter(
        ({ id, ownerId: owner, name, slug }) =>
          (ownerId === undefined || owner === ownerId) &&
          (memberId === undefined || mine.has(id)) &&
          (!text || name.toLowerCase().includes(text) || slug.includes(text)),
      );
      return paginate(rows, listing, { created_at: (row) => row.createdAt, name: (row) => row.name });
    });
  }

  update(id: string, changes: OrganizationChanges, now: Date): Promise<OrganizationRecord | null> {
    const given = Object.fromEntries(
      Object.entries<unknown>(changes).filter(([, value]) => value !== undefined),
    );
    return this.database.execute(
      () => this.tables.organizations.update(id, { ...given, updatedAt: now }) ?? null,
    );
  }

  delete(id: string): Promise<boolean> {
    return this.database.execute(() => {
      this.database.deleteReferencing('organizations', id);
      return this.tables.organizations.delete(id);
    });
  }
}
