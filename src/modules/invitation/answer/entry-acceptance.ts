import { Injectable } from '@nestjs/common';
import type { ClientInfo } from '../../../shared/http/client-info.js';
import type { UserRecord } from '../../core/index.js';
import { ORGANIZATION_PURPOSE } from '../invitation.options.js';
import { InvitationRepository } from '../invitation/invitation.repository.js';
import { InvitationAnnouncements } from '../issue/invitation-announcements.js';
import { OrganizationScope } from '../scope/organization.scope.js';
import { Acceptance } from './acceptance.js';
import { InvitedAccounts } from './invited-accounts.js';

/** Accepts for an account what it was invited to in an organization that it has just joined by being made. */
@Injectable()
export class EntryAcceptance {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly accounts: InvitedAccounts,
    private readonly scope: OrganizationScope,
    private readonly acceptance: Acceptance,
    private readonly announcements: InvitationAnnouncements,
  ) {}

  /** In the transaction that made it a member, under the organization's lock: what is good there stays good. */
  async acceptFor(user: UserRecord, organizationId: string, client: ClientInfo): Promise<void> {
    const place = { organizationId, purpose: ORGANIZATION_PURPOSE };
    for (const invitee of this.accounts.keysOf(user)) {
      const invitation = await this.invitations.findPending(place, invitee, this.announcements.now);
      if (!invitation || !(await this.scope.isGood(invitation))) continue;
      await this.acceptance.accept({ invitation }, () => Promise.resolve({ user, registered: true }), client);
    }
  }
}
