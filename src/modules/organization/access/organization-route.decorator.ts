import { applyDecorators, SetMetadata, UseGuards } from '@nestjs/common';
import { ApiProblems } from '../../core/index.js';
import { OrganizationErrors } from '../organization.errors.js';
import { ORGANIZATION_PERMISSION, OrganizationPermissionGuard } from './organization-permission.guard.js';
import { OwnOrganizationGuard } from './own-organization.guard.js';
import type { OrganizationPermission } from './role-permissions.js';

/**
 * A controller of Castellan's own below `organizations/{organization_id}`, for members who hold the permission: as on the module's own routes, to others
 * the organization does not exist. Goes above `@AuthController`.
 */
export function OrganizationRoute(permission: OrganizationPermission): ClassDecorator {
  return applyDecorators(
    SetMetadata(ORGANIZATION_PERMISSION, permission),
    UseGuards(OwnOrganizationGuard, OrganizationPermissionGuard),
    ApiProblems(
      OrganizationErrors.not_found,
      OrganizationErrors.other_organization,
      OrganizationErrors.forbidden,
    ),
  );
}
