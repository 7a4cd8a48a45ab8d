import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { Clock } from '../../../shared/time/clock.js';
import { ClaimsChanges, CoreErrors, type UserSet } from '../../core/index.js';
import type { Grantor } from '../permission/grantor.js';
import { PermissionSet } from '../permission/permission-set.js';
import { RbacErrors } from '../rbac.errors.js';
import { RoleGranted, RoleRevoked } from '../rbac.events.js';
import { RoleAccess } from '../role/role-access.js';
import type { RoleRecord, RoleScope } from '../role/role.js';
import { roleAssignmentListing } from './role-assignment.listing.js';
import {
  type RoleAssignmentFilter,
  RoleAssignmentRepository,
  type RoleAssignmentSortField,
} from './role-assignment.repository.js';
import type { RoleAssignmentRecord } from './role-assignment.js';

const keyOf = keyFrom<RoleAssignmentRecord, RoleAssignmentSortField>({
  created_at: ({ createdAt }) => createdAt,
});

/** In one scope. */
export const MAX_ROLES_PER_USER = 50;

/** What a user has been assigned in a scope. */
export interface HeldRoles {
  /** Sorted by slug. */
  readonly roles: readonly RoleRecord[];
  readonly slugs: readonly string[];
  readonly permissions: PermissionSet;
}

/**
 * Who has which role on the platform (`null`), or in an organization. Whether a user may have roles there at all, as a member, is its caller's business; but
 * whoever grants or revokes a role has to hold all that it holds.
 */
@Injectable()
export class RoleAssignments {
  constructor(
    private readonly assignments: RoleAssignmentRepository,
    private readonly access: RoleAccess,
    private readonly claims: ClaimsChanges,
    private readonly events: EventBus,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** A role of the scope, or one of the platform. @throws rbac.role_not_found, rbac.above_ceiling, rbac.already_assigned, rbac.too_many_roles, core.user_not_found */
  assign(
    scope: RoleScope,
    roleId: string,
    userId: string,
    grantor: Grantor,
    client: ClientInfo,
  ): Promise<RoleAssignmentRecord> {
    return this.access.assign(scope, roleId, grantor, async (role) => {
      const living = isUuid(userId) ? await this.claims.announce([userId]) : [];
      assertThat(living.length === 1, CoreErrors.user_not_found);
      // Whoever else gives the user a role waits for the row of the account.
      const held = await this.assignments.rolesOf(userId, scope);
      assertThat(
        held.length < MAX_ROLES_PER_USER || held.some(({ id }) => id === role.id),
        RbacErrors.too_many_roles,
      );
      const assignment = this.record(scope, role, userId, grantor);
      assertThat(await this.assignments.add(assignment), RbacErrors.already_assigned);
      const { createdAt } = assignment;
      await this.events.emit(new RoleGranted(userId, scope, role, grantor.userId, client, createdAt));
      return assignment;
    });
  }

  /** @throws rbac.role_not_found, rbac.above_ceiling, rbac.assignment_not_found */
  revoke(
    scope: RoleScope,
    roleId: string,
    userId: string,
    grantor: Grantor,
    client: ClientInfo,
  ): Promise<void> {
    return this.access.assign(scope, roleId, grantor, async (role) => {
      assertThat(isUuid(userId), RbacErrors.assignment_not_found);
      // A deleted account can lose a role too.
      await this.claims.announce([userId]);
      assertThat(await this.assignments.remove(role.id, userId, scope), RbacErrors.assignment_not_found);
      const now = this.clock.now();
      await this.events.emit(new RoleRevoked(userId, scope, role, grantor.userId, client, now));
    });
  }

  /** What the user has been assigned in the scope; one statement. Says nothing of super admins, see `Authorities`. */
  async rolesOf(userId: string, scope: RoleScope): Promise<HeldRoles> {
    const roles = await this.assignments.rolesOf(userId, scope);
    return {
      roles,
      slugs: [...new Set(roles.map(({ slug }) => slug))],
      permissions: PermissionSet.of(roles.flatMap(({ permissions }) => permissions)),
    };
  }

  /** Slugs of what the user has been assigned in each organization; one statement, however many there are. */
  slugsByOrganization(userId: string): Promise<ReadonlyMap<string, readonly string[]>> {
    return this.assignments.slugsByOrganization(userId);
  }

  /** Assignments that count in the scope. */
  async list(
    scope: RoleScope,
    { roleId, userId, ...options }: ListingOpts & RoleAssignmentFilter,
  ): Promise<Page<RoleAssignmentRecord>> {
    const listing = roleAssignmentListing.normalize(options);
    const { rows, total } = await this.assignments.list(scope, listing, { roleId, userId });
    return toPage(listing, rows, total, keyOf);
  }

  /** All who have the role in the scope. @throws rbac.role_not_found */
  async holders(scope: RoleScope, roleId: string): Promise<UserSet> {
    const { id } = await this.access.findAssignable(scope, roleId);
    return this.assignments.holders(id, scope);
  }

  /** Who has a role in the scope. @throws rbac.role_not_found */
  async listByRole(
    scope: RoleScope,
    roleId: string,
    options: ListingOpts,
  ): Promise<Page<RoleAssignmentRecord>> {
    const { id } = await this.access.findAssignable(scope, roleId);
    return this.list(scope, { ...options, roleId: id });
  }

  private record(
    organizationId: RoleScope,
    role: RoleRecord,
    userId: string,
    grantor: Grantor,
  ): RoleAssignmentRecord {
    return {
      id: this.ids.next(),
      realmId: DEFAULT_REALM_ID,
      userId,
      roleId: role.id,
      organizationId,
      grantedBy: grantor.userId,
      createdAt: this.clock.now(),
    };
  }
}
