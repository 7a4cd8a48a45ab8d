import { Injectable } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { sweep } from '../../core/index.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';

/** Marks invitations whose time is over: by the job, and before anybody reads or makes some. */
@Injectable()
export class InvitationExpiry {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
    private readonly transactions: TransactionRunner,
  ) {}

  /** Every one that is due; of one invitee where it is given. */
  async settle(invitee?: string): Promise<void> {
    await sweep((limit) => this.transactions.run(() => this.expire(limit, invitee)));
  }

  private async expire(limit: number, invitee?: string): Promise<number> {
    const due = await this.invitations.expireDue(this.announcements.now, limit, invitee);
    await this.secrets.void(due.map(({ id }) => id));
    for (const invitation of due) await this.announcements.expired(invitation);
    return due.length;
  }
}
