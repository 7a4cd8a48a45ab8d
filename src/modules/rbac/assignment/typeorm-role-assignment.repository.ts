import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { columnList, insertOf } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { TypeOrmRepository } from '../../../shared/persistence/typeorm-repository.js';
import type { UserSet } from '../../core/index.js';
import { ROLE_COLUMNS } from '../role/role.columns.js';
import type { RoleRecord, RoleScope } from '../role/role.js';
import { AuthRoleAssignment } from './auth-role-assignment.entity.js';
import { ROLE_ASSIGNMENT_COLUMNS } from './role-assignment.columns.js';
import type { RoleAssignmentRecord } from './role-assignment.js';
import {
  type RoleAssignmentFilter,
  RoleAssignmentRepository,
  type RoleAssignmentSortField,
} from './role-assignment.repository.js';

const TABLE = 'castellan.role_assignments';
/** Written out, since `IS NOT DISTINCT FROM` uses no index. `$1` the realm, `$2` the organization. */
const IN_SCOPE = `realm_id = $1 AND (($2::uuid IS NULL AND organization_id IS NULL) OR organization_id = $2::uuid)`;

/** The roles of a user are few, and found by the user. */
const ROLES_OF = `
  SELECT ${columnList(ROLE_COLUMNS, 'r')} FROM castellan.roles r JOIN (
    SELECT role_id FROM ${TABLE} WHERE user_id = $3::uuid AND ${IN_SCOPE}
  ) AS held ON held.role_id = r.id ORDER BY r.slug COLLATE "C", r.id`;

const SLUGS_BY_ORGANIZATION = `
  SELECT held.organization_id AS "organizationId", array_agg(DISTINCT r.slug COLLATE "C" ORDER BY r.slug COLLATE "C") AS slugs
  FROM ${TABLE} held JOIN castellan.roles r ON r.id = held.role_id
  WHERE held.realm_id = $1 AND held.user_id = $2 AND held.organization_id IS NOT NULL GROUP BY held.organization_id`;

@Injectable()
export class TypeOrmRoleAssignmentRepository extends TypeOrmRepository implements RoleAssignmentRepository {
  async add(assignment: RoleAssignmentRecord): Promise<boolean> {
    const { text, values } = insertOf(TABLE, ROLE_ASSIGNMENT_COLUMNS, assignment);
    return (await this.context.query(`${text} ON CONFLICT DO NOTHING RETURNING id`, values)).length === 1;
  }

  async remove(roleId: string, userId: string, scope: RoleScope): Promise<boolean> {
    const text = `DELETE FROM ${TABLE} WHERE user_id = $3 AND role_id = $4 AND ${IN_SCOPE} RETURNING id`;
    return (await this.context.query(text, [DEFAULT_REALM_ID, scope, userId, roleId])).length > 0;
  }

  rolesOf(userId: string, scope: RoleScope): Promise<RoleRecord[]> {
    return this.context.statement<RoleRecord>('roles_of', ROLES_OF, [DEFAULT_REALM_ID, scope, userId]);
  }

  async slugsByOrganization(userId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const rows = await this.context.query<{ organizationId: string; slugs: string[] }>(
      SLUGS_BY_ORGANIZATION,
      [DEFAULT_REALM_ID, userId],
    );
    return new Map(rows.map(({ organizationId, slugs }) => [organizationId, slugs]));
  }

  list(
    scope: RoleScope,
    listing: Listing<RoleAssignmentSortField>,
    { roleId, userId }: RoleAssignmentFilter,
  ): Promise<{ rows: RoleAssignmentRecord[]; total: number }> {
    const query = this.repository(AuthRoleAssignment)
      .createQueryBuilder('assignment')
      .where('assignment.realmId = :realm', { realm: DEFAULT_REALM_ID });
    if (scope === null) query.andWhere('assignment.organizationId IS NULL');
    else query.andWhere('assignment.organizationId = :scope', { scope });
    if (roleId !== undefined) query.andWhere('assignment.roleId = :roleId', { roleId });
    if (userId !== undefined) query.andWhere('assignment.userId = :userId', { userId });
    return this.listed(query, listing, { created_at: 'assignment.createdAt' }, 'assignment.id');
  }

  holdersOf(roleId: string, scope?: RoleScope): Promise<string[]> {
    const text = `SELECT DISTINCT user_id AS id FROM ${TABLE}`;
    return scope === undefined
      ? this.userIds(`${text} WHERE role_id = $1`, [roleId])
      : this.userIds(`${text} WHERE role_id = $3 AND ${IN_SCOPE}`, [DEFAULT_REALM_ID, scope, roleId]);
  }

  holders(roleId: string, scope: RoleScope): UserSet {
    const there = scope === null ? 'IS NULL' : '= :heldIn';
    return {
      ids: () => this.holdersOf(roleId, scope),
      select: {
        text: `SELECT held.user_id FROM ${TABLE} held WHERE held.realm_id = :heldRealm AND held.role_id = :heldRole AND held.organization_id ${there}`,
        values: { heldRealm: DEFAULT_REALM_ID, heldRole: roleId, heldIn: scope },
      },
    };
  }

  holdersIn(organizationId: string): Promise<string[]> {
    return this.userIds(
      `SELECT DISTINCT user_id AS id FROM ${TABLE} WHERE realm_id = $1 AND organization_id = $2`,
      [DEFAULT_REALM_ID, organizationId],
    );
  }

  removeByOrganization(organizationId: string): Promise<number> {
    return this.count('realm_id = $1 AND organization_id = $2', [DEFAULT_REALM_ID, organizationId]);
  }

  removeMember(userId: string, organizationId: string): Promise<number> {
    return this.count('realm_id = $1 AND organization_id = $2 AND user_id = $3', [
      DEFAULT_REALM_ID,
      organizationId,
      userId,
    ]);
  }

  private async userIds(text: string, values: readonly unknown[]): Promise<string[]> {
    return (await this.context.query<{ id: string }>(text, values)).map(({ id }) => id);
  }

  private async count(condition: string, values: readonly unknown[]): Promise<number> {
    return (await this.context.query(`DELETE FROM ${TABLE} WHERE ${condition} RETURNING id`, values)).length;
  }
}
