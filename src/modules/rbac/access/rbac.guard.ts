import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { type Principal, principalOf, refusalFor, requestOf } from '../../core/index.js';
import { Entitlements } from '../entitlement/entitlements.js';
import { RbacErrors } from '../rbac.errors.js';
import { SUPER_ADMIN_SLUG } from '../role/role-input.js';
import { accessRequirementsOf, type AccessRequirement } from './access-requirements.js';
import { Authorities } from './authorities.js';

/** Asks for what `@Roles`, `@RequirePermissions` and `@RequireEntitlement` say, of the principal that `AuthGuard` has found. */
@Injectable()
export class RbacGuard implements CanActivate {
  constructor(
    private readonly authorities: Authorities,
    private readonly entitlements: Entitlements,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const requirements = accessRequirementsOf(context);
    if (requirements.length === 0) return true;
    try {
      const principal = principalOf(requestOf(context));
      assertThat(principal, GeneralErrors.unauthenticated);
      for (const requirement of requirements) await this.assertMet(requirement, principal);
      return true;
    } catch (error) {
      throw refusalFor(context, error);
    }
  }

  private async assertMet(requirement: AccessRequirement, principal: Principal): Promise<void> {
    if ('entitlement' in requirement) return this.assertEntitled(requirement.entitlement, principal);
    const { roles, permissions } = await this.authorities.of(principal);
    if ('anyRole' in requirement) {
      const accepted = [...requirement.anyRole, SUPER_ADMIN_SLUG];
      assertThat(
        roles.some((slug) => accepted.includes(slug)),
        RbacErrors.role_required,
      );
      return;
    }
    const missing = permissions.missingOf(requirement.permissions);
    assertThat(missing.length === 0, RbacErrors.permission_required, { extra: { missing } });
  }

  private async assertEntitled(name: string, principal: Principal): Promise<void> {
    const names = await this.entitlements.namesOf(principal);
    assertThat(names.includes(name), RbacErrors.entitlement_required);
  }
}
