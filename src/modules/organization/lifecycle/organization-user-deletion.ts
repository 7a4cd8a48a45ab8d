import { Injectable } from '@nestjs/common';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { StepsIntoUserDeletion, UserDeletionStep } from '../../core/index.js';
import { MemberDeparture } from '../member/member-departure.js';
import { MemberRepository } from '../member/member.repository.js';
import { OrganizationRemoval } from '../organization/organization-removal.service.js';
import { OrganizationRepository } from '../organization/organization.repository.js';

/**
 * An account leaves its organizations when it ends. Those that are its own alone end with it; one that has other members but no other owner refuses: it
 * has to be handed over, or deleted, first.
 */
@Injectable()
@StepsIntoUserDeletion({ order: 50 })
export class OrganizationUserDeletion extends UserDeletionStep {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly departure: MemberDeparture,
    private readonly removal: OrganizationRemoval,
  ) {
    super();
  }

  /** @throws organization.last_owner */
  override async beforeDelete(userId: string): Promise<void> {
    const actor = { actorId: userId, client: SYSTEM_CLIENT };
    // In one order for all, so that two deletions do not wait for each other.
    for (const organizationId of await this.members.organizationsOf(userId)) {
      const organization = await this.organizations.lock(organizationId);
      const member = await this.members.find(organizationId, userId);
      if (!organization || !member) continue;
      const own = organization.personal && organization.ownerId === userId;
      if (own || (await this.members.count(organizationId)) === 1)
        await this.removal.remove(organizationId, actor);
      else await this.departure.depart(organization, member, actor);
    }
  }
}
