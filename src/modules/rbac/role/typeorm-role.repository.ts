import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { columnList, insertOf } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { likeLiteral, TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import { AuthRole } from './auth-role.entity.js';
import { ROLE_COLUMNS } from './role.columns.js';
import type { RoleChanges, RoleRecord, RoleScope } from './role.js';
import { type RoleFilter, RoleRepository, type RoleSortField } from './role.repository.js';

const RECORD = columnList(ROLE_COLUMNS);
const LOCKS = { shared: 'FOR SHARE', exclusive: 'FOR UPDATE' } as const;
const LISTED: Readonly<Record<RoleSortField, string>> = {
  created_at: 'role.createdAt',
  slug: 'role.slug',
  name: 'role.name',
};

@Injectable()
export class TypeOrmRoleRepository extends TypeOrmRepository implements RoleRepository {
  async create(role: RoleRecord): Promise<boolean> {
    const { text, values } = insertOf('castellan.roles', ROLE_COLUMNS, role);
    return (await this.context.query(`${text} ON CONFLICT DO NOTHING RETURNING id`, values)).length === 1;
  }

  findById(id: string): Promise<RoleRecord | null> {
    return this.first(`SELECT ${RECORD} FROM castellan.roles WHERE id = $1`, [id]);
  }

  findBySlug(scope: RoleScope, slug: string): Promise<RoleRecord | null> {
    const values = [DEFAULT_REALM_ID, slug];
    const text = `SELECT ${RECORD} FROM castellan.roles WHERE realm_id = $1 AND slug = $2 AND`;
    return scope === null
      ? this.first(`${text} organization_id IS NULL`, values)
      : this.first(`${text} organization_id = $3`, [...values, scope]);
  }

  lock(id: string, strength: 'shared' | 'exclusive'): Promise<RoleRecord | null> {
    return this.first(`SELECT ${RECORD} FROM castellan.roles WHERE id = $1 ${LOCKS[strength]}`, [id]);
  }

  async lockOrganization(organizationId: string): Promise<void> {
    await this.context.query(
      'SELECT id FROM castellan.roles WHERE realm_id = $1 AND organization_id = $2 ORDER BY id FOR UPDATE',
      [DEFAULT_REALM_ID, organizationId],
    );
  }

  list(
    scope: RoleScope,
    listing: Listing<RoleSortField>,
    { query: text }: RoleFilter,
  ): Promise<{ rows: RoleRecord[]; total: number }> {
    const query = this.repository(AuthRole)
      .createQueryBuilder('role')
      .where('role.realmId = :realm', { realm: DEFAULT_REALM_ID });
    if (scope === null) query.andWhere('role.organizationId IS NULL');
    else query.andWhere('role.organizationId = :scope', { scope });
    if (text)
      query.andWhere('(role.slug LIKE :pattern OR lower(role.name) LIKE :pattern)', {
        pattern: `%${likeLiteral(text.toLowerCase())}%`,
      });
    return this.listed(query, listing, LISTED, 'role.id');
  }

  update(id: string, changes: RoleChanges): Promise<RoleRecord | null> {
    const fields = (['name', 'description', 'permissions', 'reserved'] as const).filter(
      (field) => changes[field] !== undefined,
    );
    if (fields.length === 0) return this.findById(id);
    const assignments = fields.map((field, index) => `${ROLE_COLUMNS[field]} = $${index + 2}`).join(', ');
    return this.first(`UPDATE castellan.roles SET ${assignments} WHERE id = $1 RETURNING ${RECORD}`, [
      id,
      ...fields.map((field) => changes[field]),
    ]);
  }

  async delete(id: string): Promise<boolean> {
    const text = 'DELETE FROM castellan.roles WHERE id = $1 RETURNING id';
    return (await this.context.query(text, [id])).length === 1;
  }

  async deleteByOrganization(organizationId: string): Promise<number> {
    const text = 'DELETE FROM castellan.roles WHERE realm_id = $1 AND organization_id = $2 RETURNING id';
    return (await this.context.query(text, [DEFAULT_REALM_ID, organizationId])).length;
  }

  private async first(text: string, values: readonly unknown[]): Promise<RoleRecord | null> {
    const [role] = await this.context.query<RoleRecord>(text, values);
    return role ?? null;
  }
}
