import {
  applyDecorators,
  createParamDecorator,
  type ExecutionContext,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { ApiProblems, Authenticated } from '../../core/index.js';
import type { Membership, MemberRole } from '../member/member.js';
import { OrganizationErrors } from '../organization.errors.js';
import type { OrganizationSource } from './organization-source.js';
import {
  membershipOf,
  ORGANIZATION_RULE,
  OrganizationGuard,
  type OrganizationRule,
} from './organization.guard.js';

const PATH: OrganizationSource = { from: 'path' };

/**
 * A route for members who have this role in the organization, or one above it. With the credential, the guard and the documents of `@Authenticated()`.
 *
 *     @OrgRoles('admin')
 *     @Get('organizations/:organization_id/invoices')
 *     list(@CurrentMembership() membership: Membership) {}
 */
export function OrgRoles(
  role: MemberRole,
  source: OrganizationSource = PATH,
): MethodDecorator & ClassDecorator {
  return restrict({ source, role });
}

/** A route for members who hold all of these permissions in the organization, by a built-in role or by one of its own. */
export function OrgPermissions(
  permissions: readonly [string, ...string[]],
  source: OrganizationSource = PATH,
): MethodDecorator & ClassDecorator {
  return restrict({ source, permissions });
}

/** The membership that `@OrgRoles` or `@OrgPermissions` found. */
export const CurrentMembership = createParamDecorator(
  (_data: unknown, context: ExecutionContext): Membership | undefined => membershipOf(context),
);

function restrict(rule: OrganizationRule): MethodDecorator & ClassDecorator {
  return applyDecorators(
    Authenticated(),
    SetMetadata(ORGANIZATION_RULE, rule),
    UseGuards(OrganizationGuard),
    ApiProblems(
      OrganizationErrors.organization_required,
      OrganizationErrors.other_organization,
      OrganizationErrors.not_a_member,
      OrganizationErrors.forbidden,
    ),
  );
}
