import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { UserRepository } from '../../core/index.js';
import {
  type MemberRole,
  type Membership,
  MemberRepository,
  OrganizationAccess,
  OrganizationErrors,
  type OrganizationPermission,
  OrganizationRepository,
  outranks,
} from '../../organization/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import { ORGANIZATION_PURPOSE } from '../invitation.options.js';
import type { InvitationRecord, InvitationStatus } from '../invitation/invitation.js';
import { InvitationIssue, type InviteeKey, type InviteeName } from './invitation-issue.js';
import { InvitationListing } from './invitation-listing.js';

/** No account: looked for, so that one that is there and one that is not take the same way. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

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
    private readonly listing: InvitationListing,
    private readonly organizations: OrganizationRepository,
    private readonly members: MemberRepository,
    private readonly users: UserRepository,
    private readonly access: OrganizationAccess,
    private readonly transactions: TransactionRunner,
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
    const invitee = this.issue.inviteeOf(request);
    const { role, locale = null } = request;
    await this.assertMayGive(actorId, organizationId, role, 'invitation:create');
    await this.assertNoMember(organizationId, invitee);
    await this.issue.countFirst(invitee);
    return this.holding(organizationId, async () => {
      const membership = await this.assertMayGive(actorId, organizationId, role, 'invitation:create');
      await this.assertNoMember(organizationId, invitee);
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
    await this.access.require(actorId, organizationId, 'invitation:read');
    const invitees =
      email === undefined && userId === undefined
        ? undefined
        : [this.issue.inviteeOf({ email, userId }).invitee];
    return this.listing.list(options, { ...filter, invitees, organizationId: organizationId.toLowerCase() });
  }

  /** @throws organization.not_found, organization.forbidden, invitation.not_found */
  async get(actorId: string, organizationId: string, id: string): Promise<InvitationRecord> {
    await this.access.require(actorId, organizationId, 'invitation:read');
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
    await this.issue.countAgain(invitation);
    return this.holding(organizationId, async () => {
      await this.assertMayGive(actorId, organizationId, invitation.role, 'invitation:create');
      return this.issue.resend(invitation, { userId: actorId, type: 'user', client });
    });
  }

  /** @throws organization.not_found, organization.forbidden, organization.role_too_high, invitation.not_found, invitation.not_pending */
  async revoke(actorId: string, organizationId: string, id: string, client: ClientInfo): Promise<void> {
    const invitation = await this.find(actorId, organizationId, id, 'invitation:revoke');
    await this.holding(organizationId, async () => {
      await this.assertMayGive(actorId, organizationId, invitation.role, 'invitation:revoke');
      await this.issue.revoke(invitation, { userId: actorId, type: 'user', client });
    });
  }

  private async find(
    actorId: string,
    organizationId: string,
    id: string,
    permission: OrganizationPermission,
  ): Promise<InvitationRecord> {
    await this.access.require(actorId, organizationId, permission);
    return this.listing.get(organizationId.toLowerCase(), id);
  }

  private holding<T>(organizationId: string, work: () => Promise<T>): Promise<T> {
    return this.transactions.run(async () => {
      assertThat(await this.organizations.lock(organizationId), OrganizationErrors.not_found);
      return work();
    });
  }

  private async assertMayGive(
    actorId: string,
    organizationId: string,
    role: MemberRole | null,
    permission: OrganizationPermission,
  ): Promise<Membership> {
    const membership = await this.access.require(actorId, organizationId, permission);
    assertThat(role !== null && !outranks(role, membership.role), OrganizationErrors.role_too_high);
    return membership;
  }

  /** Members are known to their admins anyway; of an account that is no member nothing is told. */
  private async assertNoMember(organizationId: string, { email, userId }: InviteeKey): Promise<void> {
    const user = email === null ? null : await this.users.findByEmail(email);
    const known = userId ?? (user?.emailVerified ? user.id : NOBODY);
    assertThat(!(await this.members.find(organizationId, known)), OrganizationErrors.already_a_member);
  }
}
