import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import { type Columns, columnList, insertOf } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { likeLiteral, TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthOrganization } from './auth-organization.entity.js';
import type { NewOrganization, OrganizationChanges, OrganizationRecord } from './organization.js';
import {
  type OrganizationFilter,
  OrganizationRepository,
  type OrganizationSortField,
} from './organization.repository.js';

const COLUMNS: Columns<OrganizationRecord> = {
  id: 'id',
  realmId: 'realm_id',
  name: 'name',
  slug: 'slug',
  ownerId: 'owner_id',
  logoUrl: 'logo_url',
  metadata: 'metadata',
  active: 'active',
  personal: 'personal',
  memberLimit: 'member_limit',
  createdAt: 'created_at',
  updatedAt: 'updated_at',
};
const RECORD = columnList(COLUMNS);
const TABLE = 'castellan.organizations';
const SORT_COLUMNS: Readonly<Record<OrganizationSortField, string>> = {
  created_at: 'organization.createdAt',
  name: 'organization.name',
};

@Injectable()
export class TypeOrmOrganizationRepository extends TypeOrmRepository implements OrganizationRepository {
  async create(organization: NewOrganization): Promise<boolean> {
    const { text, values } = insertOf(TABLE, COLUMNS, { ...organization, updatedAt: null });
    const inserted = await this.context.query(
      `${text} ON CONFLICT (realm_id, slug) DO NOTHING RETURNING id`,
      values,
    );
    return inserted.length > 0;
  }

  findById(id: string): Promise<OrganizationRecord | null> {
    return this.one(`SELECT ${RECORD} FROM ${TABLE} WHERE id = $1`, [id]);
  }

  findByIds(ids: readonly string[]): Promise<OrganizationRecord[]> {
    return this.context.query<OrganizationRecord>(
      `SELECT ${RECORD} FROM ${TABLE} WHERE id = ANY($1::uuid[])`,
      [[...ids]],
    );
  }

  lock(id: string): Promise<OrganizationRecord | null> {
    return this.one(`SELECT ${RECORD} FROM ${TABLE} WHERE id = $1 FOR UPDATE`, [id]);
  }

  list(
    listing: Listing<OrganizationSortField>,
    { ownerId, memberId, query }: OrganizationFilter,
  ): Promise<Slice<OrganizationRecord>> {
    const rows = this.repository(AuthOrganization)
      .createQueryBuilder('organization')
      .where('organization.realmId = :realm', { realm: DEFAULT_REALM_ID });
    if (ownerId !== undefined) rows.andWhere('organization.ownerId = :ownerId', { ownerId });
    if (memberId !== undefined) {
      rows.andWhere(
        'organization.id IN (SELECT m.organization_id FROM castellan.organization_members m WHERE m.user_id = :memberId)',
        { memberId },
      );
    }
    if (query) {
      rows.andWhere('(lower(organization.name) LIKE :pattern OR organization.slug LIKE :pattern)', {
        pattern: `%${likeLiteral(query.toLowerCase())}%`,
      });
    }
    return this.listed(rows, listing, SORT_COLUMNS, 'organization.id');
  }

  async update(id: string, changes: OrganizationChanges, now: Date): Promise<OrganizationRecord | null> {
    const { metadata, ...rest } = changes;
    const values: Record<string, unknown> = {
      ...rest,
      ...(metadata && { metadata: JSON.stringify(metadata) }),
      updatedAt: now,
    };
    const fields = Object.keys(values).filter((field) => values[field] !== undefined);
    const assignments = fields.map(
      (field, index) => `${String(Reflect.get(COLUMNS, field))} = $${index + 2}`,
    );
    return this.one(`UPDATE ${TABLE} SET ${assignments.join(', ')} WHERE id = $1 RETURNING ${RECORD}`, [
      id,
      ...fields.map((field) => values[field]),
    ]);
  }

  async delete(id: string): Promise<boolean> {
    return (await this.context.query(`DELETE FROM ${TABLE} WHERE id = $1 RETURNING id`, [id])).length > 0;
  }

  private async one(text: string, values: readonly unknown[]): Promise<OrganizationRecord | null> {
    const [row] = await this.context.query<OrganizationRecord>(text, values);
    return row ?? null;
  }
}
