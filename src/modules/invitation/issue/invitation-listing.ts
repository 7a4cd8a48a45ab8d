import { Injectable } from '@nestjs/common';
import { assertThat } from '../../../shared/errors/assert-that.js';
import { isUuid } from '../../../shared/ids/is-uuid.js';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { type Page, toPage } from '../../../shared/listing/page.js';
import { keyFrom } from '../../../shared/listing/paginate.js';
import { InvitationErrors } from '../invitation.errors.js';
import type { InvitationRecord } from '../invitation/invitation.js';
import {
  INVITATION_LISTING,
  type InvitationFilter,
  InvitationRepository,
  type InvitationSortField,
} from '../invitation/invitation.repository.js';
import { InvitationExpiry } from '../lifecycle/invitation-expiry.js';

const KEY = keyFrom<InvitationRecord, InvitationSortField>({
  created_at: (row) => row.createdAt,
  expires_at: (row) => row.expiresAt,
  status: (row) => row.status,
  purpose: (row) => row.purpose,
});

/** Reads invitations, each with the status that it has now; who may is asked before. */
@Injectable()
export class InvitationListing {
  constructor(
    private readonly invitations: InvitationRepository,
    private readonly expiry: InvitationExpiry,
  ) {}

  async list(options: ListingOpts, filter: InvitationFilter): Promise<Page<InvitationRecord>> {
    const listing = INVITATION_LISTING.normalize(options);
    await this.expiry.settle();
    const { rows, total } = await this.invitations.list(listing, filter);
    return toPage(listing, rows, total, KEY);
  }

  /** One of an organization, or (`null`) of the platform. @throws invitation.not_found */
  async get(organizationId: string | null, id: string): Promise<InvitationRecord> {
    await this.expiry.settle();
    const invitation = isUuid(id) ? await this.invitations.findById(id) : null;
    assertThat(invitation?.organizationId === organizationId, InvitationErrors.not_found);
    return invitation;
  }
}
