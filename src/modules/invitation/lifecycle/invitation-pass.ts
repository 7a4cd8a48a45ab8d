import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import {
  CoreErrors,
  emailKey,
  PassesRegistration,
  RegistrationPass,
  type RegistrationTicket,
  type UserRecord,
} from '../../core/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { InvitationSecrets } from '../issue/invitation-secrets.js';
import { InvitationScopes } from '../scope/invitation-scopes.js';

/**
 * Where sign-up is by invitation, a pending one opens it to its address, by whatever proof of the address. One to the platform is accepted by that; one into an
 * organization stays for the new account to accept or decline, unless the account joins it by being made.
 */
@PassesRegistration({ order: 0 })
@Injectable()
export class InvitationPass extends RegistrationPass {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly scopes: InvitationScopes,
    private readonly secrets: InvitationSecrets,
    private readonly announcements: InvitationAnnouncements,
  ) {
    super();
  }

  override async admits(email: string): Promise<boolean> {
    return (await this.good(email)).length > 0;
  }

  override async take(email: string): Promise<RegistrationTicket | null> {
    const good = await this.good(email);
    for (const invitation of good) {
      if (invitation.organizationId === null && (await this.accept(invitation)))
        return { use: (user, client) => this.accepted(invitation, user, client) };
    }
    for (const invitation of good)
      if (invitation.organizationId !== null && (await this.hold(invitation)))
        return { use: () => Promise.resolve() };
    return null;
  }

  /** So that it is not withdrawn before the account is there; the organization first, as whoever withdraws does. */
  private async hold(invitation: InvitationRecord): Promise<boolean> {
    if (!(await this.scopes.of(invitation).hold(invitation))) return false;
    return (await this.invitations.lockPending(invitation.id, this.announcements.now)) !== null;
  }

  private async good(email: string): Promise<InvitationRecord[]> {
    const pending = await this.invitations.listPending([emailKey(email)], this.announcements.now);
    const good: InvitationRecord[] = [];
    for (const invitation of pending)
      if (await this.scopes.of(invitation).isGood(invitation)) good.push(invitation);
    return good;
  }

  private async accept({ id }: InvitationRecord): Promise<boolean> {
    if (!(await this.invitations.settle(id, 'accepted', this.announcements.now))) return false;
    await this.secrets.void([id]);
    return true;
  }

  private async accepted({ id }: InvitationRecord, user: UserRecord, client: ClientInfo): Promise<void> {
    const accepted = await this.invitations.setAcceptedBy(id, user.id);
    assertThat(accepted, CoreErrors.registration_invite_only);
    const actor = { userId: user.id, type: 'user' as const, client };
    await this.announcements.accepted(accepted, { user, registered: true }, actor);
  }
}
