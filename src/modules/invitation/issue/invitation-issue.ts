import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import {
  AddressCooldown,
  AddressRequests,
  CoreErrors,
  emailKey,
  parseEmailAddress,
} from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import { ResolvedInvitationOptions } from '../invitation.options.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationExpiry } from '../lifecycle/invitation-expiry.js';
import { InvitationAnnouncements } from './invitation-announcements.js';
import { InvitationMailer } from './invitation-mailer.js';
import { InvitationSecrets } from './invitation-secrets.js';

const PURPOSE = 'invitation';

/** Whom to invite: one of the two. */
export interface InviteeName {
  readonly email?: string;
  readonly userId?: string;
}

/** Whom an invitation is bound to. */
export type InviteeKey = Pick<InvitationRecord, 'email' | 'userId' | 'invitee'>;

export type InvitationContent = InviteeKey &
  Pick<InvitationRecord, 'organizationId' | 'role' | 'purpose' | 'metadata' | 'locale'>;

/** How invitations come to be, are sent again and are withdrawn, whatever they lead into; who may is asked before. */
@Injectable()
export class InvitationIssue {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly requests: AddressRequests,
    private readonly cooldown: AddressCooldown,
    private readonly expiry: InvitationExpiry,
    private readonly mailer: InvitationMailer,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
    private readonly ids: IdGenerator,
    private readonly options: ResolvedInvitationOptions,
  ) {}

  /** @throws invitation.invitee_required, core.invalid_email */
  inviteeOf({ email, userId }: InviteeName): InviteeKey {
    assertThat((email === undefined) !== (userId === undefined), InvitationErrors.invitee_required);
    if (email !== undefined) {
      const address = parseEmailAddress(email);
      return { email: address, userId: null, invitee: emailKey(address) };
    }
    assertThat(userId !== undefined && isUuid(userId), InvitationErrors.invitee_required);
    const id = userId.toLowerCase();
    return { email: null, userId: id, invitee: id };
  }

  /** Counts a first message against whom it goes to: five an hour. Outside of transactions. @throws core.sender_unavailable, core.rate_limited */
  async countFirst({ email, invitee }: InviteeKey): Promise<void> {
    if (email === null) await this.cooldown.askFirst(PURPOSE, invitee);
    else await this.requests.countFirst(PURPOSE, { field: 'email', value: email });
  }

  /** The same for one more: one a minute. @throws core.sender_unavailable, core.rate_limited */
  async countAgain({ email, invitee }: InviteeKey): Promise<void> {
    if (email === null) await this.cooldown.ask(PURPOSE, invitee);
    else await this.requests.count(PURPOSE, { field: 'email', value: email });
  }

  /** Inside a transaction. @throws invitation.already_invited, core.user_not_found */
  async create(content: InvitationContent, actor: InvitationActor): Promise<InvitationRecord> {
    // One that was not answered in time is in nobody's way.
    await this.expiry.settle(content.invitee);
    const now = this.announcements.now;
    const invitation = {
      ...content,
      id: this.ids.next(),
      realmId: DEFAULT_REALM_ID,
      inviterId: actor.userId,
      expiresAt: this.expiryFrom(now),
      sentAt: now,
      createdAt: now,
    };
    const outcome = await this.invitations.create(invitation);
    assertThat(outcome !== 'no_user', CoreErrors.user_not_found);
    assertThat(outcome === 'created', InvitationErrors.already_invited);
    const record = { ...invitation, status: 'pending' as const, acceptedBy: null, actedAt: null };
    await this.mailer.send(record);
    await this.announcements.created(record, actor);
    return record;
  }

  /** With a new link and a new time; the link before is void. Inside a transaction. @throws invitation.not_pending */
  async resend({ id }: InvitationRecord, actor: InvitationActor): Promise<InvitationRecord> {
    const now = this.announcements.now;
    const renewed = await this.invitations.renew(id, this.expiryFrom(now), now);
    assertThat(renewed, InvitationErrors.not_pending);
    await this.mailer.send(renewed);
    await this.announcements.resent(renewed, actor);
    return renewed;
  }

  /** Inside a transaction. @throws invitation.not_pending */
  async revoke({ id }: InvitationRecord, actor: InvitationActor): Promise<void> {
    const revoked = await this.invitations.settle(id, 'revoked', this.announcements.now);
    assertThat(revoked, InvitationErrors.not_pending);
    await this.secrets.void([id]);
    await this.announcements.revoked(revoked, actor);
  }

  private expiryFrom(now: Date): Date {
    return new Date(now.getTime() + this.options.ttlMs);
  }
}
