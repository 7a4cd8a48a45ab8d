import { Injectable } from '@nestjs/common';
import { Maintains, MaintenanceTask, sweep } from '../../core/index.js';
import { ResolvedInvitationOptions } from '../invitation.options.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationExpiry } from './invitation-expiry.js';

/** Marks what has expired, and forgets what was settled long ago. */
@Maintains(true)
@Injectable()
export class InvitationExpiryTask extends MaintenanceTask {
  constructor(
    private readonly expiry: InvitationExpiry,
    private readonly invitations: InvitationRepository,
    private readonly options: ResolvedInvitationOptions,
  ) {
    super();
  }

  override async run(now: Date): Promise<void> {
    await this.expiry.settle();
    const before = new Date(now.getTime() - this.options.retentionMs);
    await sweep((limit) => this.invitations.deleteActed(before, limit));
  }
}
