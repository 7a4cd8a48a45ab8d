import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import {
  type Grantor,
  type NewRole,
  type RoleAssignmentRecord,
  RoleAssignments,
  type RoleChanges,
  type RoleFilter,
  type RoleRecord,
  RoleService,
} from '../../rbac/index.js';
import { OrganizationAccess } from './organization-access.js';
import { OrganizationLock } from './organization-lock.js';
import { MemberPermissions } from './member-permissions.js';

/**
 * An organization's own roles, below its owners: made, changed and granted by members who may manage roles, each up to what they hold themselves. Whoever
 * acts is looked up under the organization's lock.
 */
@Injectable()
export class OrganizationRoles {
  constructor(
    private readonly roles: RoleService,
    private readonly assignments: RoleAssignments,
    private readonly access: OrganizationAccess,
    private readonly permissions: MemberPermissions,
    private readonly held: OrganizationLock,
  ) {}

  async list(
    userId: string,
    organizationId: string,
    options: ListingOpts & RoleFilter,
  ): Promise<Page<RoleRecord>> {
    await this.access.require(userId, organizationId, 'role:read');
    return this.roles.list(organizationId, options);
  }

  /** @throws rbac.role_not_found */
  async get(userId: string, organizationId: string, roleId: string): Promise<RoleRecord> {
    await this.access.require(userId, organizationId, 'role:read');
    return this.roles.get(organizationId, roleId);
  }

  /** @throws rbac.above_ceiling, rbac.slug_taken, rbac.slug_reserved */
  create(userId: string, organizationId: string, input: NewRole, client: ClientInfo): Promise<RoleRecord> {
    return this.managing(userId, organizationId, (grantor) =>
      this.roles.create(organizationId, input, grantor, client),
    );
  }

  /** @throws rbac.role_not_found, rbac.above_ceiling */
  update(
    userId: string,
    organizationId: string,
    roleId: string,
    changes: RoleChanges,
    client: ClientInfo,
  ): Promise<RoleRecord> {
    return this.managing(userId, organizationId, (grantor) =>
      this.roles.update(organizationId, roleId, changes, grantor, client),
    );
  }

  /** @throws rbac.role_not_found, rbac.above_ceiling */
  delete(userId: string, organizationId: string, roleId: string, client: ClientInfo): Promise<void> {
    return this.managing(userId, organizationId, (grantor) =>
      this.roles.delete(organizationId, roleId, grantor, client),
    );
  }

  async listAssignments(
    userId: string,
    organizationId: string,
    roleId: string,
    options: ListingOpts,
  ): Promise<Page<RoleAssignmentRecord>> {
    await this.access.require(userId, organizationId, 'role:read');
    return this.assignments.listByRole(organizationId, roleId, options);
  }

  /** To a member. @throws organization.member_not_found, rbac.role_not_found, rbac.above_ceiling, rbac.already_assigned */
  assign(
    actorId: string,
    organizationId: string,
    roleId: string,
    userId: string,
    client: ClientInfo,
  ): Promise<RoleAssignmentRecord> {
    return this.managing(actorId, organizationId, async (grantor) => {
      await this.held.assertMember(organizationId, userId);
      return this.assignments.assign(organizationId, roleId, userId, grantor, client);
    });
  }

  /** @throws rbac.role_not_found, rbac.above_ceiling, rbac.assignment_not_found */
  revoke(
    actorId: string,
    organizationId: string,
    roleId: string,
    userId: string,
    client: ClientInfo,
  ): Promise<void> {
    return this.managing(actorId, organizationId, (grantor) =>
      this.assignments.revoke(organizationId, roleId, userId, grantor, client),
    );
  }

  private async managing<T>(
    userId: string,
    organizationId: string,
    work: (grantor: Grantor) => Promise<T>,
  ): Promise<T> {
    // A stranger waits for no lock, and holds none.
    await this.access.require(userId, organizationId, 'role:manage');
    return this.held.run(organizationId, async () => {
      const membership = await this.access.require(userId, organizationId, 'role:manage');
      const permissions = await this.permissions.of(userId, membership);
      return work({ userId, roles: [membership.role], permissions });
    });
  }
}
