import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import type { MemberRole, OrganizationPermission } from '../../organization/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import { ORGANIZATION_PURPOSE } from '../invitation.options.js';
import type { InvitationRecord, InvitationStatus } from '../invitation/invitation.js';
import { InvitationWithdrawal } from '../lifecycle/invitation-withdrawal.js';
import { InvitationIssue } from './invitation-issue.js';
import { InvitationListing } from './invitation-listing.js';
import { type InviteeName, Invitees } from './invitees.js';
import { OrganizationInviting } from './organization-inviting.js';

export interface OrganizationInvitationRequest extends InviteeName {
  /** At most the inviter's own. */
  readonly role: MemberRole;
  readonly locale?: string;
}

export interface OrganizationInvitationFilter {
  readonly status?: InvitationStatus;
  readonly email?: string;
  readonly userId?: string;
  readonly inviterId?: string;
}

/**
 * Invitations into organizations, by members who may invite, each to a role that is not above their own. Whoever acts is looked up under the organization's
 * lock, and once more when the invitation is accepted.
 */
@Injectable()
export class OrganizationInvitations {
  constructor(
    private readonly issue: InvitationIssue,
    private readonly invitees: Invitees,
    private readonly listing: InvitationListing,
    private readonly withdrawal: InvitationWithdrawal,
    private readonly inviting: OrganizationInviting,
  ) {}

  /**
   * The message goes out with the commit. Whether the address has an account is found out by nobody.
   * @throws organization.not_found, organization.forbidden, organization.role_too_high, organization.already_a_member, invitation.invitee_required,
   * core.invalid_email, invitation.already_invited, core.user_not_found, core.sender_unavailable, core.rate_limited
   */
  async create(
    actorId: string,
    organizationId: string,
    request: OrganizationInvitationRequest,
    client: ClientInfo,
  ): Promise<InvitationRecord> {
    const invitee = this.invitees.keyOf(request);
    const { role, locale = null } = request;
    await this.inviting.requireUpTo(role, actorId, organizationId, 'invitation:create');
    await this.inviting.assertNoMember(organizationId, invitee);
    await this.invitees.countFirst(invitee);
    return this.inviting.holding(organizationId, async () => {
      const membership = await this.inviting.requireUpTo(role, actorId, organizationId, 'invitation:create');
      await this.inviting.assertNoMember(organizationId, invitee);
      const content = {
        ...invitee,
        organizationId: membership.organizationId,
        role,
        locale,
        purpose: ORGANIZATION_PURPOSE,
        metadata: {},
      };
      return this.issue.create(content, { userId: actorId, type: 'user', client });
    });
  }

  /** @throws organization.not_found, organization.forbidden, core.invalid_email */
  async list(
    actorId: string,
    organizationId: string,
    options: ListingOpts,
    { email, userId, ...filter }: OrganizationInvitationFilter,
  ): Promise<Page<InvitationRecord>> {
    await this.inviting.require(actorId, organizationId, 'invitation:read');
    const invitees = this.invitees.filterOf({ email, userId });
    return this.listing.list(options, { ...filter, invitees, organizationId: organizationId.toLowerCase() });
  }

  /** @throws organization.not_found, organization.forbidden, invitation.not_found */
  async get(actorId: string, organizationId: string, id: string): Promise<InvitationRecord> {
    await this.inviting.require(actorId, organizationId, 'invitation:read');
    return this.listing.get(organizationId.toLowerCase(), id);
  }

  /** @throws organization.not_found, organization.forbidden, organization.role_too_high, invitation.not_found, invitation.not_pending, core.rate_limited */
  async resend(
    actorId: string,
    organizationId: string,
    id: string,
    client: ClientInfo,
  ): Promise<InvitationRecord> {
    const invitation = await this.find(actorId, organizationId, id, 'invitation:create');
    assertThat(invitation.status === 'pending', InvitationErrors.not_pending);
    await this.invitees.countAgain(invitation);
    return this.inviting.holding(organizationId, async () => {
      await this.inviting.requireUpTo(invitation.role, actorId, organizationId, 'invitation:create');
      return this.issue.resend(invitation, { userId: actorId, type: 'user', client });
    });
  }

  /** @throws organization.not_found, organization.forbidden, organization.role_too_high, invitation.not_found, invitation.not_pending */
  async revoke(actorId: string, organizationId: string, id: string, client: ClientInfo): Promise<void> {
    const invitation = await this.find(actorId, organizationId, id, 'invitation:revoke');
    await this.inviting.holding(organizationId, async () => {
      await this.inviting.requireUpTo(invitation.role, actorId, organizationId, 'invitation:revoke');
      await this.withdrawal.revokeOne(invitation, { userId: actorId, type: 'user', client });
    });
  }

  private async find(
    actorId: string,
    organizationId: string,
    id: string,
    permission: OrganizationPermission,
  ): Promise<InvitationRecord> {
    await this.inviting.require(actorId, organizationId, permission);
    return this.listing.get(organizationId.toLowerCase(), id);
  }
}
