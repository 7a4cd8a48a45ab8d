import { Injectable } from '@nestjs/common';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { StepsIntoUserDeletion, UserDeleted, UserDeletionStep } from '../../core/index.js';
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
    await this.leaveAll(userId);
  }

  /**
   * Once more, with the account marked as ended: whoever let it in since the step holds its row (an invitation that was accepted), so that the mark has waited
   * for them.
   */
  @OnAuthEvent(UserDeleted, { phase: 'transaction' })
  async onDeleted({ userId }: UserDeleted): Promise<void> {
    await this.leaveAll(userId);
  }

  private async leaveAll(userId: string): Promise<void> {
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
