import { applyDecorators, UseGuards } from '@nestjs/common';
import type { ErrorDefinition } from '../../../shared/errors/auth-error.js';
import { ApiProblems, Authenticated } from '../../core/index.js';
import { nameInCode } from '../permission/named-roles.js';
import { type Permission, PERMISSION_PATTERN } from '../permission/permission.js';
import { RbacErrors } from '../rbac.errors.js';
import { type AccessRequirement, addAccessRequirement } from './access-requirements.js';
import { RbacGuard } from './rbac.guard.js';

/**
 * The user has at least one of these roles on the platform, or is a super admin; 403 `rbac.role_required` otherwise. Checks the credential too, so it needs no
 * `@Authenticated()`, and goes with one in any order. For controllers and handlers of a host as for our own.
 *
 *     @Roles('auditor')
 *     @Get('ledger')
 *     show(@CurrentUser() principal: Principal) {}
 */
export function Roles(...slugs: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  slugs.forEach(nameInCode);
  return requirement({ anyRole: slugs }, RbacErrors.role_required);
}

/** The user has all of these permissions on the platform (`invoices:read`), by whatever role; 403 `rbac.permission_required` otherwise. As `@Roles`. */
export function RequirePermissions(
  ...permissions: readonly [Permission, ...Permission[]]
): MethodDecorator & ClassDecorator {
  for (const permission of permissions)
    if (!PERMISSION_PATTERN.test(permission))
      throw new TypeError(`"${permission}" is no permission: resource:action is.`);
  return requirement({ permissions }, RbacErrors.permission_required);
}

/** The user has the entitlement, by what the host's `EntitlementProvider` says; 403 `rbac.entitlement_required` otherwise. As `@Roles`. */
export function RequireEntitlement(entitlement: string): MethodDecorator & ClassDecorator {
  return requirement({ entitlement }, RbacErrors.entitlement_required);
}

function requirement(added: AccessRequirement, problem: ErrorDefinition): MethodDecorator & ClassDecorator {
  return applyDecorators(
    addAccessRequirement(added),
    // The credential first: it brings its guard, its documents and its security.
    Authenticated(),
    UseGuards(RbacGuard),
    ApiProblems(problem),
  );
}
