import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { UserSet } from '../../core/index.js';
import type { RoleRecord, RoleScope } from '../role/role.js';
import { RoleRepository } from '../role/role.repository.js';
import type { RoleAssignmentRecord } from './role-assignment.js';
import {
  type RoleAssignmentFilter,
  RoleAssignmentRepository,
  type RoleAssignmentSortField,
} from './role-assignment.repository.js';

type Matches = (assignment: RoleAssignmentRecord) => boolean;

@Injectable()
export class InMemoryRoleAssignmentRepository implements RoleAssignmentRepository {
  private readonly assignments: InMemoryTable<RoleAssignmentRecord>;

  constructor(
    private readonly database: InMemoryDatabase,
    private readonly roles: RoleRepository,
  ) {
    this.assignments = database.table<RoleAssignmentRecord>('role_assignments', {
      unique: [
        {
          name: 'role_assignments_scope',
          key: ({ organizationId, userId, roleId }) => `${organizationId ?? ''} ${userId} ${roleId}`,
        },
      ],
      references: [
        { table: 'users', field: 'userId' },
        { table: 'roles', field: 'roleId' },
      ],
    });
  }

  add(assignment: RoleAssignmentRecord): Promise<boolean> {
    return this.database.execute(() => {
      if (this.assignments.conflictOf(assignment) !== undefined) return false;
      this.assignments.insert(assignment);
      return true;
    });
  }

  async remove(roleId: string, userId: string, scope: RoleScope): Promise<boolean> {
    const removed = await this.removeAll(
      (one) => one.roleId === roleId && one.userId === userId && one.organizationId === scope,
    );
    return removed > 0;
  }

  async rolesOf(userId: string, scope: RoleScope): Promise<RoleRecord[]> {
    const held = await this.matching((one) => one.userId === userId && one.organizationId === scope);
    const roles = await Promise.all(held.map(({ roleId }) => this.roles.findById(roleId)));
    return roles
      .filter((role) => role !== null)
      .sort((one, other) => (`${one.slug} ${one.id}` < `${other.slug} ${other.id}` ? -1 : 1));
  }

  async slugsByOrganization(userId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    const held = await this.matching((one) => one.userId === userId);
    const organizations = new Set(
      held.map(({ organizationId }) => organizationId).filter((id) => id !== null),
    );
    const slugs = new Map<string, readonly string[]>();
    for (const id of organizations) {
      const roles = await this.rolesOf(userId, id);
      slugs.set(id, [...new Set(roles.map(({ slug }) => slug))]);
    }
    return slugs;
  }

  list(
    scope: RoleScope,
    listing: Listing<RoleAssignmentSortField>,
    { roleId, userId }: RoleAssignmentFilter,
  ): Promise<{ rows: RoleAssignmentRecord[]; total: number }> {
    const matches: Matches = (one) =>
      one.organizationId === scope &&
      (roleId === undefined || one.roleId === roleId) &&
      (userId === undefined || one.userId === userId);
    return this.database.execute(() =>
      paginate(this.assignments.filter(matches), listing, { created_at: ({ createdAt }) => createdAt }),
    );
  }

  async holdersOf(roleId: string, scope?: RoleScope): Promise<string[]> {
    return usersOf(
      await this.matching(
        (one) => one.roleId === roleId && (scope === undefined || one.organizationId === scope),
      ),
    );
  }

  holders(roleId: string, scope: RoleScope): UserSet {
    return { ids: () => this.holdersOf(roleId, scope) };
  }

  async holdersIn(organizationId: string): Promise<string[]> {
    return usersOf(await this.matching((one) => one.organizationId === organizationId));
  }

  removeByOrganization(organizationId: string): Promise<number> {
    return this.removeAll((one) => one.organizationId === organizationId);
  }

  removeMember(userId: string, organizationId: string): Promise<number> {
    return this.removeAll((one) => one.organizationId === organizationId && one.userId === userId);
  }

  private matching(matches: Matches): Promise<RoleAssignmentRecord[]> {
    return this.database.execute(() => this.assignments.filter(matches));
  }

  private removeAll(matches: Matches): Promise<number> {
    return this.database.execute(
      () => this.assignments.filter(matches).filter(({ id }) => this.assignments.delete(id)).length,
    );
  }
}

function usersOf(assignments: readonly RoleAssignmentRecord[]): string[] {
  return [...new Set(assignments.map(({ userId }) => userId))];
}
