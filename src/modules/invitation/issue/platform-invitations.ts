import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import { ResolvedInvitationOptions } from '../invitation.options.js';
import type { InvitationRecord, InvitationStatus } from '../invitation/invitation.js';
import { InvitationWithdrawal } from '../lifecycle/invitation-withdrawal.js';
import { InvitationIssue } from './invitation-issue.js';
import { InvitationListing } from './invitation-listing.js';
import { type InviteeName, Invitees } from './invitees.js';

const MOST_METADATA_BYTES = 4096;

/** Whom to invite to the platform, and what for. */
export interface PlatformInvitationRequest extends InviteeName {
  /** @default the first of the option `purposes` */
  readonly purpose?: string;
  /** Whatever the host wants to keep with it; never shown to the invited. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** BCP 47, of the message. */
  readonly locale?: string;
}

export interface PlatformInvitationFilter {
  readonly status?: InvitationStatus;
  readonly purpose?: string;
  readonly email?: string;
  readonly userId?: string;
  readonly inviterId?: string;
}

/**
 * Invitations to the platform, for whoever has the right to; it asks for none (the routes ask for permissions). An actor without an account is the system,
 * whose invitations stay good whoever comes and goes.
 */
@Injectable()
export class PlatformInvitations {
  constructor(
    private readonly issue: InvitationIssue,
    private readonly invitees: Invitees,
    private readonly listing: InvitationListing,
    private readonly withdrawal: InvitationWithdrawal,
    private readonly transactions: TransactionRunner,
    private readonly options: ResolvedInvitationOptions,
  ) {}

  /**
   * The message goes out with the commit.
   * @throws invitation.invitee_required, core.invalid_email, invitation.purpose_not_allowed, invitation.metadata_too_large, invitation.already_invited,
   * core.user_not_found, core.sender_unavailable, core.rate_limited
   */
  async create(request: PlatformInvitationRequest, actor: InvitationActor): Promise<InvitationRecord> {
    const invitee = this.invitees.keyOf(request);
    const { purpose = this.options.purposes[0], metadata = {}, locale = null } = request;
    assertThat(this.options.purposes.includes(purpose), InvitationErrors.purpose_not_allowed);
    assertThat(
      Buffer.byteLength(JSON.stringify(metadata)) <= MOST_METADATA_BYTES,
      InvitationErrors.metadata_too_large,
    );
    await this.invitees.countFirst(invitee);
    const content = { ...invitee, organizationId: null, role: null, purpose, metadata, locale };
    return this.transactions.run(() => this.issue.create(content, actor));
  }

  list(
    options: ListingOpts,
    { email, userId, ...filter }: PlatformInvitationFilter,
  ): Promise<Page<InvitationRecord>> {
    const invitees = this.invitees.filterOf({ email, userId });
    return this.listing.list(options, { ...filter, invitees, organizationId: null });
  }

  /** @throws invitation.not_found */
  get(id: string): Promise<InvitationRecord> {
    return this.listing.get(null, id);
  }

  /** @throws invitation.not_found, invitation.not_pending, core.rate_limited, core.sender_unavailable */
  async resend(id: string, actor: InvitationActor): Promise<InvitationRecord> {
    const invitation = await this.listing.get(null, id);
    assertThat(invitation.status === 'pending', InvitationErrors.not_pending);
    await this.invitees.countAgain(invitation);
    return this.transactions.run(() => this.issue.resend(invitation, actor));
  }

  /** @throws invitation.not_found, invitation.not_pending */
  async revoke(id: string, actor: InvitationActor): Promise<void> {
    const invitation = await this.listing.get(null, id);
    await this.transactions.run(() => this.withdrawal.revokeOne(invitation, actor));
  }
}
