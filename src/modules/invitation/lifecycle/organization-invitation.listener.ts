import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { emailKey, UserRepository } from '../../core/index.js';
import {
  MEMBER_ROLES,
  MemberPermissions,
  OrganizationDeleted,
  OrganizationMemberAdded,
  OrganizationMemberRemoved,
  OrganizationMemberRoleChanged,
  OrganizationOwnershipTransferred,
  outranks,
} from '../../organization/index.js';
import { InvitationWithdrawal } from './invitation-withdrawal.js';

/** Keeps invitations in step with organizations and their members, in the transactions that change them. */
@Injectable()
export class OrganizationInvitationListener {
  constructor(
    private readonly withdrawal: InvitationWithdrawal,
    private readonly permissions: MemberPermissions,
    private readonly users: UserRepository,
  ) {}

  @OnAuthEvent(OrganizationDeleted, { phase: 'transaction' })
  async onDeleted({ organizationId }: OrganizationDeleted): Promise<void> {
    await this.withdrawal.removeOrganization(organizationId);
  }

  /** Whoever is in needs no invitation. */
  @OnAuthEvent(OrganizationMemberAdded, { phase: 'transaction' })
  async onAdded({ organizationId, userId }: OrganizationMemberAdded): Promise<void> {
    const user = await this.users.findById(userId);
    const address = user?.emailVerified && user.email !== null ? [emailKey(user.email)] : [];
    await this.withdrawal.revoke({ organizationId, invitees: [userId, ...address] });
  }

  @OnAuthEvent(OrganizationMemberRemoved, { phase: 'transaction' })
  async onRemoved({ organizationId, userId }: OrganizationMemberRemoved): Promise<void> {
    await this.withdrawal.revoke({ organizationId, inviterId: userId });
  }

  /** What a member may not send any more does not stay on its way either. */
  @OnAuthEvent(OrganizationMemberRoleChanged, { phase: 'transaction' })
  async onRoleChanged({ organizationId, userId, to }: OrganizationMemberRoleChanged): Promise<void> {
    const permissions = await this.permissions.of(userId, { role: to, organizationId });
    const roles = permissions.allows('invitation:create')
      ? MEMBER_ROLES.filter((role) => outranks(role, to))
      : [...MEMBER_ROLES];
    if (roles.length > 0) await this.withdrawal.revoke({ organizationId, inviterId: userId, roles });
  }

  /** Whoever hands over becomes an admin. */
  @OnAuthEvent(OrganizationOwnershipTransferred, { phase: 'transaction' })
  async onTransferred({ organizationId, actorId }: OrganizationOwnershipTransferred): Promise<void> {
    if (actorId !== null)
      await this.withdrawal.revoke({ organizationId, inviterId: actorId, roles: ['owner'] });
  }
}
