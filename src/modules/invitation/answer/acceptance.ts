import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ErrorDefinition } from '../../../shared/errors/auth-error.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { CoreErrors, type TokenRecord, UserRepository } from '../../core/index.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import type { Invitee } from '../scope/invitation-scope.js';
import { InvitationScopes } from '../scope/invitation-scopes.js';

export interface AcceptedInvitation extends Invitee {
  readonly invitation: InvitationRecord;
}

/** What is accepted: an invitation, and the secret of its link where that was shown. */
export interface AcceptanceRequest {
  readonly invitation: InvitationRecord;
  readonly secret?: TokenRecord;
}

/** The one way in which invitations are accepted, whoever does it and by which route. */
@Injectable()
export class Acceptance {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly scopes: InvitationScopes,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
    private readonly users: UserRepository,
    private readonly transactions: TransactionRunner,
  ) {}

  /**
   * In one transaction: takes the invitation, consumes its link, finds or makes the account (`invitee`), and brings about what it promises. A refusal leaves
   * everything as it was.
   * @throws invitation.not_pending, or core.invalid_code where a link was shown; invitation.not_found; invitation.no_longer_valid; what `invitee` throws;
   * organization.already_a_member, organization.member_limit_reached
   */
  accept(
    { invitation, secret }: AcceptanceRequest,
    invitee: () => Promise<Invitee>,
    client: ClientInfo,
  ): Promise<AcceptedInvitation> {
    const gone = secret ? CoreErrors.invalid_code : InvitationErrors.not_pending;
    return this.transactions.run(async () => {
      const scope = this.scopes.of(invitation);
      assertThat(await scope.hold(invitation), InvitationErrors.not_found);
      await this.take(invitation, gone);
      if (secret) await this.secrets.consume(secret);
      else await this.secrets.void([invitation.id]);
      assertThat(await scope.isGood(invitation), InvitationErrors.no_longer_valid);
      const accepting = await invitee();
      const accepted = await this.invitations.setAcceptedBy(invitation.id, accepting.user.id);
      // The account is gone since its credential was checked.
      assertThat(accepted, CoreErrors.account_deleted);
      await scope.admit(accepted, accepting, client);
      const actor = { userId: accepting.user.id, type: 'user' as const, client };
      await this.announcements.accepted(accepted, accepting, actor);
      // As it is now: what it was promised, and what the host makes of that, may have changed what its tokens say.
      const user = await this.users.findById(accepting.user.id);
      assertThat(user, CoreErrors.account_deleted);
      return { invitation: accepted, registered: accepting.registered, user };
    });
  }

  /** First of all, so that of accepting, declining and withdrawing at once one counts. */
  private async take({ id }: InvitationRecord, gone: ErrorDefinition): Promise<void> {
    assertThat(await this.invitations.settle(id, 'accepted', this.announcements.now), gone);
  }
}
