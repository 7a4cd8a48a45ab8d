import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { principalOf, requestOf } from '../../core/index.js';
import { OrganizationAccess } from './organization-access.js';
import { organizationOf } from './organization-source.js';
import type { OrganizationPermission } from './role-permissions.js';

/** Metadata key. */
export const ORGANIZATION_PERMISSION = 'castellan:organization-permission';

/** Asks for the permission that `@OrganizationRoute` names, in the organization of the path. */
@Injectable()
export class OrganizationPermissionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: OrganizationAccess,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = this.reflector.getAllAndOverride<OrganizationPermission>(ORGANIZATION_PERMISSION, [
      context.getHandler(),
      context.getClass(),
    ]);
    const request = requestOf(context);
    const principal = principalOf(request);
    assertThat(principal, GeneralErrors.unauthenticated);
    const organizationId = organizationOf({ from: 'path' }, context, request, principal);
    await this.access.require(principal.userId, organizationId ?? '', permission);
    return true;
  }
}
