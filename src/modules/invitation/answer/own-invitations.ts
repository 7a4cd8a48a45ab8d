import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord, InvitationStatus } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationListing } from '../issue/invitation-listing.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import { Acceptance, type AcceptedInvitation } from './acceptance.js';
import { Declining } from './declining.js';
import { InvitedAccounts } from './invited-accounts.js';

/** What accounts do with invitations to them: to their proven address, or to themselves. */
@Injectable()
export class OwnInvitations {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly listing: InvitationListing,
    private readonly secrets: InvitationSecrets,
    private readonly acceptance: Acceptance,
    private readonly declining: Declining,
    private readonly accounts: InvitedAccounts,
  ) {}

  /** Those to the account, newest first where nothing else is asked. */
  async list(
    userId: string,
    options: ListingOpts,
    filter: { readonly status?: InvitationStatus },
  ): Promise<Page<InvitationRecord>> {
    const user = await this.accounts.require(userId);
    return this.listing.list(options, { ...filter, invitees: this.accounts.keysOf(user) });
  }

  /** Those that the account has sent. */
  listSent(
    userId: string,
    options: ListingOpts,
    filter: { readonly status?: InvitationStatus },
  ): Promise<Page<InvitationRecord>> {
    return this.listing.list(options, { ...filter, inviterId: userId });
  }

  /** Without the link: the address is proven by the account. @throws invitation.not_found, and what `Acceptance.accept` throws */
  async accept(userId: string, invitationId: string, client: ClientInfo): Promise<AcceptedInvitation> {
    const invitation = await this.find(userId, invitationId);
    return this.acceptance.accept(
      { invitation },
      async () => ({
        user: await this.accounts.requireInvited(userId, invitation),
        registered: false,
      }),
      client,
    );
  }

  /**
   * With the link, which went to the invited address: where it is the account's and was not proven yet, it is now.
   * @throws core.invalid_code, invitation.other_account, and what `Acceptance.accept` throws
   */
  async acceptByLink(userId: string, token: string, client: ClientInfo): Promise<AcceptedInvitation> {
    const opened = await this.secrets.open(token);
    return this.acceptance.accept(
      opened,
      async () => ({
        user: await this.accounts.requireByLink(userId, opened.invitation, client),
        registered: false,
      }),
      client,
    );
  }

  /** @throws invitation.not_found, invitation.not_pending */
  async decline(userId: string, invitationId: string, client: ClientInfo): Promise<void> {
    const invitation = await this.find(userId, invitationId);
    await this.declining.decline({ invitation }, { userId, type: 'user', client });
  }

  /** By whoever has the link; it needs no account. @throws core.invalid_code */
  async declineByLink(token: string, client: ClientInfo): Promise<void> {
    const opened = await this.secrets.open(token);
    await this.declining.decline(opened, { userId: null, type: 'anonymous', client });
  }

  private async find(userId: string, invitationId: string): Promise<InvitationRecord> {
    const invitation = isUuid(invitationId) ? await this.invitations.findById(invitationId) : null;
    assertThat(invitation, InvitationErrors.not_found);
    await this.accounts.requireInvited(userId, invitation);
    return invitation;
  }
}
