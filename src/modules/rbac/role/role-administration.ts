import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import type { Principal } from '../../core/index.js';
import { Authorities } from '../access/authorities.js';
import type { RoleAssignmentRecord } from '../assignment/role-assignment.js';
import { RoleAssignments } from '../assignment/role-assignments.js';
import { RBAC_PERMISSIONS } from '../rbac.permissions.js';
import type { NewRole, RoleChanges, RoleRecord } from './role.js';
import type { RoleFilter } from './role.repository.js';
import { RoleService } from './role.service.js';

/** Roles of the platform, as those who manage them see them. Whoever writes is looked up once more: no stale token hands out anything. */
@Injectable()
export class RoleAdministration {
  constructor(
    private readonly roles: RoleService,
    private readonly assignments: RoleAssignments,
    private readonly authorities: Authorities,
  ) {}

  list(query: ListingOpts & RoleFilter): Promise<Page<RoleRecord>> {
    return this.roles.list(null, query);
  }

  get(id: string): Promise<RoleRecord> {
    return this.roles.get(null, id);
  }

  async create(input: NewRole, principal: Principal, client: ClientInfo): Promise<RoleRecord> {
    const grantor = await this.authorities.grantor(principal, RBAC_PERMISSIONS.create);
    return this.roles.create(null, input, grantor, client);
  }

  async update(
    id: string,
    changes: RoleChanges,
    principal: Principal,
    client: ClientInfo,
  ): Promise<RoleRecord> {
    const grantor = await this.authorities.grantor(principal, RBAC_PERMISSIONS.update);
    return this.roles.update(null, id, changes, grantor, client);
  }

  async delete(id: string, principal: Principal, client: ClientInfo): Promise<void> {
    const grantor = await this.authorities.grantor(principal, RBAC_PERMISSIONS.delete);
    return this.roles.delete(null, id, grantor, client);
  }

  listAssignments(roleId: string, query: ListingOpts): Promise<Page<RoleAssignmentRecord>> {
    return this.assignments.listByRole(null, roleId, query);
  }

  async assign(
    roleId: string,
    userId: string,
    principal: Principal,
    client: ClientInfo,
  ): Promise<RoleAssignmentRecord> {
    const grantor = await this.authorities.grantor(principal, RBAC_PERMISSIONS.assign);
    return this.assignments.assign(null, roleId, userId, grantor, client);
  }

  async revoke(roleId: string, userId: string, principal: Principal, client: ClientInfo): Promise<void> {
    const grantor = await this.authorities.grantor(principal, RBAC_PERMISSIONS.assign);
    return this.assignments.revoke(null, roleId, userId, grantor, client);
  }
}
