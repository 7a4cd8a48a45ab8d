import { Injectable } from '@nestjs/common';
import { eachRow } from '../../../shared/listing/each-row.js';
import { ContributesUserData, emailKey, UserDataContributor, type UserRecord } from '../../core/index.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import { InvitationListing } from './invitation-listing.js';

/** Invitations to the account, and those that it sent: of the latter without the addresses of others. */
@ContributesUserData({ order: 150 })
@Injectable()
export class InvitationData extends UserDataContributor {
  override readonly section = 'invitations';

  constructor(private readonly listing: InvitationListing) {
    super();
  }

  override async *collect({ id, email, emailVerified }: UserRecord): AsyncGenerator<object> {
    const invitees = emailVerified && email !== null ? [id, emailKey(email)] : [id];
    for await (const received of eachRow((options) => this.listing.list(options, { invitees })))
      yield { direction: 'received', email: received.email, ...factsOf(received) };
    for await (const sent of eachRow((options) => this.listing.list(options, { inviterId: id })))
      yield { direction: 'sent', ...factsOf(sent) };
  }
}

function factsOf(invitation: InvitationRecord): object {
  return {
    id: invitation.id,
    organization_id: invitation.organizationId,
    role: invitation.role,
    purpose: invitation.purpose,
    status: invitation.status,
    created_at: invitation.createdAt.toISOString(),
    expires_at: invitation.expiresAt.toISOString(),
    acted_at: invitation.actedAt?.toISOString() ?? null,
  };
}
