import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { Membership } from '../member/member.js';
import { MemberRepository } from '../member/member.repository.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberPermissions } from './member-permissions.js';
import type { OrganizationPermission } from './role-permissions.js';

/** The one place that decides what an account may do in an organization. Asks the store each time: who was removed may nothing from then on. */
@Injectable()
export class OrganizationAccess {
  constructor(
    private readonly members: MemberRepository,
    private readonly permissions: MemberPermissions,
  ) {}

  /** The membership; `null` where there is none, or the organization is switched off. */
  async membership(userId: string, organizationId: string): Promise<Membership | null> {
    if (!isUuid(organizationId)) return null;
    const [membership] = await this.members.membershipsOf(userId, organizationId);
    return membership ?? null;
  }

  /** @throws organization.not_found to whom is no member, organization.forbidden to a member who may not */
  async require(
    userId: string,
    organizationId: string,
    permission: OrganizationPermission,
  ): Promise<Membership> {
    const membership = await this.membership(userId, organizationId);
    assertThat(membership, OrganizationErrors.not_found);
    const held = await this.permissions.of(userId, membership);
    assertThat(held.allows(permission), OrganizationErrors.forbidden);
    return membership;
  }
}
