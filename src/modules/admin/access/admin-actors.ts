import { Injectable, Optional } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { accountOf, type Principal, PrincipalUsers, type UserRecord } from '../../core/index.js';
import { Authorities, PermissionSet } from '../../rbac/index.js';
import { AdminErrors } from '../admin.errors.js';
import type { AdminPermission } from '../admin.permissions.js';

/** What a route asks for: a permission, or nothing less than a super admin. */
export type AdminRight = AdminPermission | 'super-admin';

/** An administrator. */
export interface AdminActor {
  readonly userId: string;
  readonly isSuperAdmin: boolean;
  /** As in the store; of a super admin, everything. `null`: `rbac` is not mounted, and nobody but super admins may anything. */
  readonly permissions: PermissionSet | null;
}

/** Who may administrate: super admins and, with `rbac`, holders of a permission. Asked of the store: a token from before a demotion opens nothing. */
@Injectable()
export class AdminActors {
  constructor(
    private readonly users: PrincipalUsers,
    @Optional() private readonly authorities?: Authorities,
  ) {}

  /** @throws admin.permission_required, admin.super_admin_required; core.forbidden for a principal of a third-party issuer, or one who is impersonated */
  async require(principal: Principal, right: AdminRight): Promise<AdminActor> {
    const userId = accountOf(principal);
    assertThat(principal.actor === undefined, GeneralErrors.forbidden);
    const user = await this.users.find(principal);
    if (user) this.users.remember(principal, () => user);
    if (user?.isSuperAdmin) return { userId, isSuperAdmin: true, permissions: PermissionSet.all };
    assertThat(right !== 'super-admin', AdminErrors.super_admin_required);
    const permissions = user ? await this.permissionsOf(user) : null;
    assertThat(permissions?.allows(right), AdminErrors.permission_required, { extra: { missing: [right] } });
    return { userId, isSuperAdmin: false, permissions };
  }

  /** Never more power over an account than the account has itself. @throws admin.super_admin_protected, admin.above_ceiling */
  async assertMayTouch(actor: AdminActor, target: UserRecord): Promise<void> {
    if (actor.isSuperAdmin) return;
    assertThat(!target.isSuperAdmin, AdminErrors.super_admin_protected);
    const theirs = await this.permissionsOf(target);
    assertThat(!theirs || actor.permissions?.covers(theirs), AdminErrors.above_ceiling);
  }

  private async permissionsOf(user: UserRecord): Promise<PermissionSet | null> {
    return this.authorities ? (await this.authorities.ofUser(user)).permissions : null;
  }
}
