import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { OrganizationAccess } from '../access/organization-access.js';
import type { OrganizationPermission } from '../access/role-permissions.js';
import type { OrganizationRecord } from '../organization/organization.js';
import { OrganizationRepository } from '../organization/organization.repository.js';
import { OrganizationAnnouncements } from '../organization-announcements.js';
import { OrganizationErrors } from '../organization.errors.js';
import { MemberDeparture } from './member-departure.js';
import { type MemberRecord, type MemberRole, outranks } from './member.js';
import { MemberRepository } from './member.repository.js';

/** Both sides of what one member does to another, read under the organization's lock. */
interface Encounter {
  readonly organization: OrganizationRecord;
  readonly actorRole: MemberRole;
  readonly target: MemberRecord;
}

/**
 * What members do to members. Each change holds the organization's row first and reads both memberships under it: whoever was removed meanwhile can do
 * nothing, and the owners that are counted are those that are there.
 */
@Injectable()
export class MembershipService {
  constructor(
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly departure: MemberDeparture,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
    private readonly announcements: OrganizationAnnouncements,
  ) {}

  /**
   * @throws organization.not_found, organization.forbidden, organization.member_not_found, organization.role_too_high, organization.last_owner,
   * organization.personal_locked
   */
  async changeRole(
    actorId: string,
    organizationId: string,
    userId: string,
    role: MemberRole,
    client: ClientInfo,
  ): Promise<MemberRecord> {
    return this.transactions.run(async () => {
      const meeting = await this.meet(actorId, organizationId, userId, 'member:update');
      const { target, organization } = meeting;
      assertThat(!outranks(role, meeting.actorRole), OrganizationErrors.role_too_high);
      if (target.role === role) return target;
      if (target.role === 'owner') await this.departure.keepOwner(organization, userId);
      await this.announcements.changingClaimsOf(userId);
      const changed = await this.members.setRole(organizationId, userId, role, this.announcements.now);
      assertThat(changed, OrganizationErrors.member_not_found);
      await this.announcements.roleChanged(changed, target.role, { actorId, client });
      return changed;
    });
  }

  /** @throws as `changeRole` does */
  async remove(actorId: string, organizationId: string, userId: string, client: ClientInfo): Promise<void> {
    if (actorId === userId) return this.leave(actorId, organizationId, client);
    await this.transactions.run(async () => {
      const { organization, target } = await this.meet(actorId, organizationId, userId, 'member:remove');
      await this.departure.depart(organization, target, { actorId, client });
    });
  }

  /** @throws organization.not_found, organization.last_owner, organization.personal_locked */
  async leave(userId: string, organizationId: string, client: ClientInfo): Promise<void> {
    await this.transactions.run(async () => {
      const { organization, target } = await this.meet(userId, organizationId, userId, 'organization:read');
      await this.departure.depart(organization, target, { actorId: userId, client });
    });
  }

  /** Makes another member the owner; whoever hands over becomes an admin. @throws as `changeRole` does */
  async transferOwnership(
    actorId: string,
    organizationId: string,
    userId: string,
    client: ClientInfo,
  ): Promise<MemberRecord> {
    return this.transactions.run(async () => {
      const { organization, target } = await this.meet(
        actorId,
        organizationId,
        userId,
        'organization:transfer',
      );
      if (actorId === userId) return target;
      assertThat(!organization.personal, OrganizationErrors.personal_locked);
      await this.announcements.changingClaimsOf(userId, actorId);
      const { now } = this.announcements;
      const owner = await this.members.setRole(organizationId, userId, 'owner', now);
      assertThat(owner, OrganizationErrors.member_not_found);
      await this.members.setRole(organizationId, actorId, 'admin', now);
      await this.organizations.update(organizationId, { ownerId: userId }, now);
      await this.announcements.ownershipTransferred(owner, { actorId, client });
      return owner;
    });
  }

  private async meet(
    actorId: string,
    organizationId: string,
    userId: string,
    permission: OrganizationPermission,
  ): Promise<Encounter> {
    // A stranger waits for no lock, and holds none.
    await this.access.require(actorId, organizationId, 'organization:read');
    const organization = await this.organizations.lock(organizationId);
    assertThat(organization, OrganizationErrors.not_found);
    const { role: actorRole } = await this.access.require(actorId, organizationId, permission);
    const target = await this.members.find(organizationId, userId);
    assertThat(target, OrganizationErrors.member_not_found);
    assertThat(!outranks(target.role, actorRole), OrganizationErrors.role_too_high);
    return { organization, actorRole, target };
  }
}
