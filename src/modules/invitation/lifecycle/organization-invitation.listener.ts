import { Injectable } from '@nestjs/common';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { UserRepository } from '../../core/index.js';
import {
  MEMBER_ROLES,
  MemberPermissions,
  OrganizationDeleted,
  OrganizationMemberAdded,
  OrganizationMemberRemoved,
  OrganizationMemberRoleChanged,
  OrganizationOwnershipTransferred,
  outranks,
  ResolvedOrganizationOptions,
} from '../../organization/index.js';
import { EntryAcceptance } from '../answer/entry-acceptance.js';
import { InvitedAccounts } from '../answer/invited-accounts.js';
import { InvitationWithdrawal } from './invitation-withdrawal.js';

/** Keeps invitations in step with organizations and their members, in the transactions that change them. */
@Injectable()
export class OrganizationInvitationListener {
  constructor(
    private readonly withdrawal: InvitationWithdrawal,
    private readonly permissions: MemberPermissions,
    private readonly users: UserRepository,
    private readonly accounts: InvitedAccounts,
    private readonly acceptances: EntryAcceptance,
    private readonly options: ResolvedOrganizationOptions,
  ) {}

  @OnAuthEvent(OrganizationDeleted, { phase: 'transaction' })
  async onDeleted({ organizationId }: OrganizationDeleted): Promise<void> {
    await this.withdrawal.removeOrganization(organizationId);
  }

  /** Whoever is in needs no invitation; whom nobody asked, since all are in, gets the role that they were invited to. */
  @OnAuthEvent(OrganizationMemberAdded, { phase: 'transaction' })
  async onAdded({ organizationId, userId, actorId, client }: OrganizationMemberAdded): Promise<void> {
    const user = await this.users.findById(userId);
    if (!user) return;
    if (actorId === null && this.options.mode === 'single')
      await this.acceptances.acceptFor(user, organizationId, client);
    await this.withdrawal.revoke({ organizationId, invitees: this.accounts.keysOf(user) });
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
