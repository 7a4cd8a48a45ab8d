import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { mapPage, type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { type UserRecord, UserRepository } from '../../core/index.js';
import { RoleAssignments } from '../../rbac/index.js';
import { OrganizationAccess } from '../access/organization-access.js';
import { OrganizationErrors } from '../organization.errors.js';
import type { MemberRecord, MemberRole, Membership } from './member.js';
import { MEMBER_LISTING, MemberRepository, type MemberSortField } from './member.repository.js';

const KEY = keyFrom<MemberRecord, MemberSortField>({
  joined_at: (row) => row.joinedAt,
  role: (row) => row.role,
});

/** A member with the account; the account is missing where it has just gone. */
export interface MemberView {
  readonly member: MemberRecord;
  readonly user?: UserRecord;
}

/** Who belongs where. */
@Injectable()
export class MembershipListing {
  constructor(
    private readonly members: MemberRepository,
    private readonly users: UserRepository,
    private readonly roles: RoleAssignments,
    private readonly access: OrganizationAccess,
  ) {}

  /** The members of an organization, for one of them. @throws organization.not_found */
  async list(
    actorId: string,
    organizationId: string,
    options: ListingOpts,
    filter: { readonly role?: MemberRole },
  ): Promise<Page<MemberView>> {
    await this.access.require(actorId, organizationId, 'member:read');
    const listing = MEMBER_LISTING.normalize(options);
    const { rows, total } = await this.members.list(organizationId, listing, filter);
    const users = new Map(
      (await this.users.findByIds(rows.map(({ userId }) => userId))).map((user) => [user.id, user]),
    );
    return mapPage(toPage(listing, rows, total, KEY), (member) => ({
      member,
      user: users.get(member.userId),
    }));
  }

  /** @throws organization.not_found, organization.member_not_found */
  async get(actorId: string, organizationId: string, userId: string): Promise<MemberView> {
    await this.access.require(actorId, organizationId, 'member:read');
    const member = isUuid(userId) ? await this.members.find(organizationId, userId) : null;
    assertThat(member, OrganizationErrors.member_not_found);
    return { member, user: (await this.users.findById(userId)) ?? undefined };
  }

  /** Every membership of an account, with the organization's own roles that it has there; oldest first. */
  async listUserOrgMembershipsAndRoles(
    userId: string,
  ): Promise<{ membership: Membership; roles: string[] }[]> {
    const memberships = await this.members.membershipsOf(userId);
    const slugs = await this.roles.slugsByOrganization(userId);
    return memberships.map((membership) => ({
      membership,
      roles: [...(slugs.get(membership.organizationId) ?? [])],
    }));
  }
}
