import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { EventBus } from '../../../shared/events/event-bus.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import type { Page } from '../../../shared/listing/page.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import {
  AccountCheck,
  CoreErrors,
  EmailVerified,
  emailKey,
  type UserRecord,
  UserRepository,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord, InvitationStatus } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { InvitationListing } from '../issue/invitation-listing.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import { Acceptance, type Accepted } from './acceptance.js';

/** What accounts do with invitations to them: to their proven address, or to themselves. */
@Injectable()
export class OwnInvitations {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly listing: InvitationListing,
    private readonly secrets: InvitationSecrets,
    private readonly acceptance: Acceptance,
    private readonly announcements: InvitationAnnouncements,
    private readonly users: UserRepository,
    private readonly accounts: AccountCheck,
    private readonly events: EventBus,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Those to the account, newest first where nothing else is asked. */
  async list(
    userId: string,
    options: ListingOpts,
    filter: { readonly status?: InvitationStatus },
  ): Promise<Page<InvitationRecord>> {
    const user = await this.require(userId);
    return this.listing.list(options, { ...filter, invitees: inviteeKeysOf(user) });
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
  async accept(userId: string, invitationId: string, client: ClientInfo): Promise<Accepted> {
    const { invitation } = await this.find(userId, invitationId);
    return this.acceptance.accept(
      { invitation },
      async () => {
        const user = await this.require(userId);
        assertThat(inviteeKeysOf(user).includes(invitation.invitee), InvitationErrors.not_found);
        return { user, registered: false };
      },
      client,
    );
  }

  /**
   * With the link, which went to the invited address: where it is the account's and was not proven yet, it is now.
   * @throws core.invalid_code, invitation.other_account, and what `Acceptance.accept` throws
   */
  async acceptByLink(userId: string, token: string, client: ClientInfo): Promise<Accepted> {
    const opened = await this.secrets.open(token);
    return this.acceptance.accept(opened, () => this.proven(userId, opened.invitation, client), client);
  }

  /** @throws invitation.not_found, invitation.not_pending */
  async decline(userId: string, invitationId: string, client: ClientInfo): Promise<void> {
    const { invitation } = await this.find(userId, invitationId);
    await this.transactions.run(async () => {
      const declined = await this.invitations.settle(invitation.id, 'declined', this.announcements.now);
      assertThat(declined, InvitationErrors.not_pending);
      await this.secrets.void([invitation.id]);
      await this.announcements.declined(declined, { userId, type: 'user', client });
    });
  }

  /** By whoever has the link; it needs no account. @throws core.invalid_code */
  async declineByLink(token: string, client: ClientInfo): Promise<void> {
    const { invitation, secret } = await this.secrets.open(token);
    await this.transactions.run(async () => {
      const declined = await this.invitations.settle(invitation.id, 'declined', this.announcements.now);
      assertThat(declined, CoreErrors.invalid_code);
      await this.secrets.consume(secret);
      await this.announcements.declined(declined, { userId: null, type: 'anonymous', client });
    });
  }

  private async find(
    userId: string,
    invitationId: string,
  ): Promise<{ user: UserRecord; invitation: InvitationRecord }> {
    const user = await this.require(userId);
    const invitation = isUuid(invitationId) ? await this.invitations.findById(invitationId) : null;
    assertThat(invitation && inviteeKeysOf(user).includes(invitation.invitee), InvitationErrors.not_found);
    return { user, invitation };
  }

  private async proven(
    userId: string,
    { invitee }: InvitationRecord,
    client: ClientInfo,
  ): Promise<{ user: UserRecord; registered: boolean }> {
    const user = await this.require(userId);
    if (inviteeKeysOf(user).includes(invitee)) return { user, registered: false };
    const { email } = user;
    assertThat(email !== null && emailKey(email) === invitee, InvitationErrors.other_account);
    const proven = await this.users.verifyEmail(user.id, email);
    assertThat(proven, InvitationErrors.other_account);
    await this.events.emit(new EmailVerified(user.id, client, this.announcements.now));
    return { user: proven, registered: false };
  }

  private async require(userId: string): Promise<UserRecord> {
    const user = await this.users.findById(userId);
    assertThat(user, CoreErrors.account_deleted);
    this.accounts.assertMayAct(user);
    return user;
  }
}

/** What invitations to an account are bound to. An address that is not proven is anybody's. */
function inviteeKeysOf({ id, email, emailVerified }: UserRecord): string[] {
  return emailVerified && email !== null ? [id, emailKey(email)] : [id];
}
