import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { RoleAssignments } from '../../rbac/index.js';
import { MemberRepository } from './member.repository.js';

/** Places in organizations, with the roles there. */
@ContributesUserData({ order: 140 })
@Injectable()
export class MembershipData extends UserDataContributor {
  override readonly section = 'organizations';

  constructor(
    private readonly members: MemberRepository,
    private readonly roles: RoleAssignments,
  ) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    const slugs = await this.roles.slugsByOrganization(id);
    for (const membership of await this.members.membershipsOf(id)) {
      yield {
        organization_id: membership.organizationId,
        slug: membership.slug,
        name: membership.name,
        personal: membership.personal,
        role: membership.role,
        roles: slugs.get(membership.organizationId) ?? [],
        joined_at: membership.joinedAt.toISOString(),
      };
    }
  }
}
