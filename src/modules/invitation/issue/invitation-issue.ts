import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { CoreErrors } from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import { ResolvedInvitationOptions } from '../invitation.options.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationExpiry } from '../lifecycle/invitation-expiry.js';
import { InvitationAnnouncements } from './invitation-announcements.js';
import { InvitationMailer } from './invitation-mailer.js';
import type { InviteeKey } from './invitees.js';

export type InvitationContent = InviteeKey &
  Pick<InvitationRecord, 'organizationId' | 'role' | 'purpose' | 'metadata' | 'locale'>;

/** How invitations come to be and are sent again, whatever they lead into; who may is asked before. */
@Injectable()
export class InvitationIssue {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly expiry: InvitationExpiry,
    private readonly mailer: InvitationMailer,
    private readonly announcements: InvitationAnnouncements,
    private readonly ids: IdGenerator,
    private readonly options: ResolvedInvitationOptions,
  ) {}

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

  private expiryFrom(now: Date): Date {
    return new Date(now.getTime() + this.options.ttlMs);
  }
}
