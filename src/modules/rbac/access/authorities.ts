import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { type Principal, PrincipalUsers, type UserRecord } from '../../core/index.js';
import { RoleAssignments } from '../assignment/role-assignments.js';
import type { Grantor } from '../permission/grantor.js';
import type { Permission } from '../permission/permission.js';
import { PermissionSet } from '../permission/permission-set.js';
import { RbacErrors } from '../rbac.errors.js';
import { SUPER_ADMIN_SLUG } from '../role/role-input.js';

/** What somebody may do on the platform. */
export interface Authority {
  /** Slugs, sorted; `super-admin` among them for a super admin, who holds every permission. */
  readonly roles: readonly string[];
  readonly permissions: PermissionSet;
}

const NOBODY: Authority = Object.freeze({ roles: [], permissions: PermissionSet.none });

/** What principals and accounts may do on the platform. Principals of third-party issuers may nothing, whatever their tokens say. */
@Injectable()
export class Authorities {
  constructor(
    private readonly assignments: RoleAssignments,
    private readonly users: PrincipalUsers,
  ) {}

  /**
   * As the claims have it, which are never older than the last change in session mode, and a second in stateless mode; no statement. Where the claims say
   * nothing, as in the store.
   */
  async of(principal: Principal): Promise<Authority> {
    if (principal.kind !== 'user') return NOBODY;
    const { roles, permissions } = principal.claims;
    if (!Array.isArray(roles) || !Array.isArray(permissions)) return this.current(principal);
    return {
      roles: roles.filter((slug) => typeof slug === 'string'),
      permissions: PermissionSet.of(permissions),
    };
  }

  /** As in the store: one statement, and one for the account where checking the credential has not read it (stateless mode). */
  async current(principal: Principal): Promise<Authority> {
    const user = await this.users.find(principal);
    return user ? this.ofUser(user) : NOBODY;
  }

  async ofUser(user: UserRecord): Promise<Authority> {
    const { slugs, permissions } = await this.assignments.rolesOf(user.id, null);
    if (!user.isSuperAdmin) return { roles: slugs, permissions };
    return { roles: [...slugs, SUPER_ADMIN_SLUG].sort(), permissions: PermissionSet.all };
  }

  /** Who is about to change something: as in the store, where the permission is asked for once more. @throws rbac.permission_required */
  async grantor(principal: Principal, permission: Permission): Promise<Grantor> {
    const { roles, permissions } = await this.current(principal);
    assertThat(permissions.allows(permission), RbacErrors.permission_required, {
      extra: { missing: [permission] },
    });
    return { userId: principal.userId, roles, permissions };
  }
}
