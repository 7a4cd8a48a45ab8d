import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { principalOf, refusalFor, requestOf } from '../../core/index.js';
import { type Membership, type MemberRole, outranks } from '../member/member.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberPermissions } from './member-permissions.js';
import { OrganizationAccess } from './organization-access.js';
import { assertNotElsewhere, organizationOf, type OrganizationSource } from './organization-source.js';

/** Metadata key. */
export const ORGANIZATION_RULE = 'castellan:organization-rule';

/** What a route asks of a member. */
export interface OrganizationRule {
  readonly source: OrganizationSource;
  /** This role, or one above it. */
  readonly role?: MemberRole;
  /** All of them. */
  readonly permissions?: readonly string[];
}

const memberships = new WeakMap<object, Membership>();

/** The membership that the guard found for a request. */
export function membershipOf(context: ExecutionContext): Membership | undefined {
  const request = requestOf(context);
  return memberships.get(request.raw ?? request);
}

/**
 * Lets members pass, by one query. A token that was issued for one organization opens no route of another: where the path or a header names the
 * organization, the token's own has to be the same.
 */
@Injectable()
export class OrganizationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: OrganizationAccess,
    private readonly permissions: MemberPermissions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const rule = this.reflector.getAllAndOverride<OrganizationRule | undefined>(ORGANIZATION_RULE, [
      context.getHandler(),
      context.getClass(),
    ]);
    if (!rule) return true;
    try {
      await this.assertRule(context, rule);
      return true;
    } catch (error) {
      throw refusalFor(context, error);
    }
  }

  private async assertRule(context: ExecutionContext, rule: OrganizationRule): Promise<void> {
    const request = requestOf(context);
    const principal = principalOf(request);
    assertThat(principal, GeneralErrors.unauthenticated);
    const organizationId = organizationOf(rule.source, context, request, principal);
    assertThat(organizationId, OrganizationErrors.organization_required);
    assertNotElsewhere(principal, organizationId);
    const membership = await this.access.membership(principal.userId, organizationId);
    assertThat(membership, OrganizationErrors.not_a_member);
    assertThat(!rule.role || !outranks(rule.role, membership.role), OrganizationErrors.forbidden);
    await this.assertPermissions(principal.userId, membership, rule.permissions ?? []);
    memberships.set(request.raw ?? request, membership);
  }

  private async assertPermissions(
    userId: string,
    membership: Membership,
    wanted: readonly string[],
  ): Promise<void> {
    if (wanted.length === 0) return;
    const held = await this.permissions.of(userId, membership);
    assertThat(held.missingOf(wanted).length === 0, OrganizationErrors.forbidden);
  }
}
