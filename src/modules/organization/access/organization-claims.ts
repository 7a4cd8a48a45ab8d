import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { type ClaimsContext, ClaimsContributor, ContributesClaims } from '../../core/index.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberPermissions } from './member-permissions.js';
import { OrganizationAccess } from './organization-access.js';

/**
 * The active organization in tokens: `org_id`, `org_slug`, `org_role`, `org_permissions`. Asked for at login, by the switch, or at a refresh; kept from
 * then on for as long as the membership lasts.
 */
@Injectable()
@ContributesClaims({ order: 50 })
export class OrganizationClaims extends ClaimsContributor {
  constructor(
    private readonly access: OrganizationAccess,
    private readonly permissions: MemberPermissions,
  ) {
    super();
  }

  /** @throws organization.not_a_member where the request names an organization; one that was active before is dropped */
  override async contribute({ user, previous, requested }: ClaimsContext): Promise<Record<string, unknown>> {
    const asked = requested['organization_id'];
    const wanted = asked === undefined ? previous?.['org_id'] : asked;
    if (typeof wanted !== 'string') return {};
    const membership = await this.access.membership(user.id, wanted);
    assertThat(membership ?? asked === undefined, OrganizationErrors.not_a_member);
    if (!membership) return {};
    return {
      org_id: membership.organizationId,
      org_slug: membership.slug,
      org_role: membership.role,
      org_permissions: (await this.permissions.of(user.id, membership)).toArray(),
    };
  }
}
