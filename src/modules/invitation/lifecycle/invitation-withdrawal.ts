import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository, type WithdrawalFilter } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements, SYSTEM_ACTOR } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';

/** Takes invitations back: one, by whoever may, or all that have become pointless, in the transaction of what made them so. */
@Injectable()
export class InvitationWithdrawal {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
  ) {}

  /** Inside a transaction; who may is asked before. @throws invitation.not_pending */
  async revokeOne({ id }: InvitationRecord, actor: InvitationActor): Promise<void> {
    const revoked = await this.invitations.settle(id, 'revoked', this.announcements.now);
    assertThat(revoked, InvitationErrors.not_pending);
    await this.secrets.void([id]);
    await this.announcements.revoked(revoked, actor);
  }

  /** Revokes the pending ones that match. */
  async revoke(filter: WithdrawalFilter): Promise<void> {
    const revoked = await this.invitations.revokeAll(filter, this.announcements.now);
    await this.secrets.void(revoked.map(({ id }) => id));
    for (const invitation of revoked) await this.announcements.revoked(invitation, SYSTEM_ACTOR);
  }

  /** Removes all that led into an organization that is gone. */
  async removeOrganization(organizationId: string): Promise<void> {
    await this.secrets.void(await this.invitations.deleteByOrganization(organizationId));
  }

  /** Removes all to these addresses and accounts. */
  async removeInvitees(invitees: readonly string[]): Promise<void> {
    await this.secrets.void(await this.invitations.deleteByInvitees(invitees));
  }
}
