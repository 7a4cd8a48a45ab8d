import { Injectable } from '@nestjs/common';
import { InvitationRepository, type WithdrawalFilter } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements, SYSTEM_ACTOR } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';

/** Takes invitations back that have become pointless, in the transaction of what made them so. */
@Injectable()
export class InvitationWithdrawal {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
  ) {}

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
