import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  MemberAdmission,
  MemberRepository,
  OrganizationAnnouncements,
  OrganizationErrors,
  outranks,
} from '../../organization/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import type { Invitee } from './invitation-scope.js';

/** Makes members of those who were invited. */
@Injectable()
export class OrganizationEntrance {
  constructor(
    private readonly members: MemberRepository,
    private readonly admission: MemberAdmission,
    private readonly announcements: OrganizationAnnouncements,
  ) {}

  /**
   * Under the organization's lock. Whoever is a member already, since registering makes them one (`single` mode), gets the role if it is above theirs.
   * @throws organization.already_a_member, organization.member_limit_reached
   */
  async admit(
    { organizationId, role }: InvitationRecord,
    { user, registered }: Invitee,
    client: ClientInfo,
  ): Promise<void> {
    assertThat(organizationId !== null && role !== null, InvitationErrors.not_found);
    const actor = { actorId: user.id, client };
    const member = await this.members.find(organizationId, user.id);
    if (!member) {
      await this.admission.admit({ organizationId, userId: user.id, role }, actor);
      return;
    }
    const higher = outranks(role, member.role);
    assertThat(higher || registered, OrganizationErrors.already_a_member);
    if (!higher) return;
    await this.announcements.changingClaimsOf(user.id);
    const raised = await this.members.setRole(organizationId, user.id, role, this.announcements.now);
    if (raised) await this.announcements.roleChanged(raised, member.role, actor);
  }
}
