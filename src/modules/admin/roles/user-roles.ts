import { Injectable, Optional } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { Principal } from '../../core/index.js';
import {
  Authorities,
  type Authority,
  type Grantor,
  RBAC_PERMISSIONS,
  RoleAssignments,
  RoleService,
} from '../../rbac/index.js';
import { AdminActions } from '../access/admin-actions.js';
import { AdminErrors } from '../admin.errors.js';

/** Roles of a user on the platform, by their slugs; where `rbac` is mounted. Nobody grants or takes away what they do not hold. */
@Injectable()
export class UserRoles {
  constructor(
    private readonly actions: AdminActions,
    @Optional() private readonly authorities?: Authorities,
    @Optional() private readonly roles?: RoleService,
    @Optional() private readonly assignments?: RoleAssignments,
  ) {}

  /** @throws core.user_not_found, admin.module_not_mounted */
  async of(userId: string): Promise<Authority> {
    return mounted(this.authorities).ofUser(await this.actions.find(userId));
  }

  /** @throws core.user_not_found, admin.module_not_mounted, rbac.role_not_found, rbac.above_ceiling, rbac.already_assigned, rbac.too_many_roles */
  async grant(principal: Principal, userId: string, slug: string, client: ClientInfo): Promise<Authority> {
    const grantor = await this.grantor(principal);
    const { id } = await this.actions.find(userId);
    const role = await mounted(this.roles).getBySlug(null, slug);
    await mounted(this.assignments).assign(null, role.id, id, grantor, client);
    return this.of(id);
  }

  /** @throws core.user_not_found, admin.module_not_mounted, rbac.role_not_found, rbac.above_ceiling, rbac.assignment_not_found */
  async revoke(principal: Principal, userId: string, slug: string, client: ClientInfo): Promise<void> {
    const grantor = await this.grantor(principal);
    const { id } = await this.actions.find(userId);
    const role = await mounted(this.roles).getBySlug(null, slug);
    await mounted(this.assignments).revoke(null, role.id, id, grantor, client);
  }

  private grantor(principal: Principal): Promise<Grantor> {
    return mounted(this.authorities).grantor(principal, RBAC_PERMISSIONS.assign);
  }
}

function mounted<T>(service: T | undefined): T {
  if (service === undefined) throw new AuthError(AdminErrors.module_not_mounted);
  return service;
}
