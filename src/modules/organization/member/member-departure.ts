import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { RoleScopes } from '../../rbac/index.js';
import type { OrganizationRecord } from '../organization/organization.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { type Actor, OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import type { MemberRecord } from './member.js';
import { MemberRepository } from './member.repository.js';

/** How a member goes, or stops being an owner. All of it under the organization's lock. */
@Injectable()
export class MemberDeparture {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly roles: RoleScopes,
    private readonly announcements: OrganizationAnnouncements,
  ) {}

  /** @throws organization.last_owner, organization.personal_locked */
  async depart(organization: OrganizationRecord, member: MemberRecord, actor: Actor): Promise<void> {
    if (member.role === 'owner') await this.keepOwner(organization, member.userId);
    await this.roles.removeMember(member.userId, organization.id);
    await this.members.remove(organization.id, member.userId);
    await this.announcements.memberRemoved(member, actor);
  }

  /** Makes sure that another owner is there, who takes the place of the one that goes. @throws organization.last_owner, organization.personal_locked */
  async keepOwner(organization: OrganizationRecord, leavingId: string): Promise<void> {
    const held = organization.ownerId === leavingId;
    assertThat(!organization.personal || !held, OrganizationErrors.personal_locked);
    const successor = await this.members.eldestOwner(organization.id, leavingId);
    assertThat(successor, OrganizationErrors.last_owner);
    if (!held) return;
    await this.organizations.update(organization.id, { ownerId: successor }, this.announcements.now);
  }
}
