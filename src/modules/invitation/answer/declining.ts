import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors } from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationActor } from '../invitation.events.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import type { AcceptanceRequest } from './acceptance.js';

/** The one way in which invitations are declined. */
@Injectable()
export class Declining {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
    private readonly transactions: TransactionRunner,
  ) {}

  /** In one transaction. @throws invitation.not_pending, or core.invalid_code where a link was shown */
  decline({ invitation, secret }: AcceptanceRequest, actor: InvitationActor): Promise<void> {
    return this.transactions.run(async () => {
      const declined = await this.invitations.settle(invitation.id, 'declined', this.announcements.now);
      assertThat(declined, secret ? CoreErrors.invalid_code : InvitationErrors.not_pending);
      if (secret) await this.secrets.consume(secret);
      else await this.secrets.void([invitation.id]);
      await this.announcements.declined(declined, actor);
    });
  }
}
