import { defineListing, type Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import type { InvitationRecord, InvitationStatus, InvitedRole, NewInvitation } from './invitation.js';

export const INVITATION_LISTING = defineListing({
  sortable: ['created_at', 'expires_at', 'status', 'purpose'],
  defaultSort: 'created_at',
});
export type InvitationSortField = (typeof INVITATION_LISTING)['defaultSort'];

/** Where an invitation leads: one of these is pending for an invitee. */
export type InvitationPlace =
  { readonly organizationId: string } | { readonly organizationId: null; readonly purpose: string };

export interface InvitationFilter {
  /** `null`: those to the platform; left out: all. */
  readonly organizationId?: string | null;
  readonly inviterId?: string;
  /** Keys of addresses and ids of accounts. */
  readonly invitees?: readonly string[];
  readonly status?: InvitationStatus;
  readonly purpose?: string;
}

/** Pending invitations to be withdrawn; whatever is given has to hold. */
export interface WithdrawalFilter {
  readonly organizationId?: string;
  readonly inviterId?: string;
  readonly invitees?: readonly string[];
  readonly roles?: readonly InvitedRole[];
}

/**
 * Invitations. A status changes by one conditional statement and only away from `pending`: of any number of simultaneous answers one gets the record. An
 * invitation whose time is over is answered by nobody, whether it is marked as expired by then or not.
 */
export abstract class InvitationRepository {
  /**
   * `pending`: this invitee has an invitation there already, in time or not (`expireDue` first). `no_user`: the inviter or the invited account is gone.
   */
  abstract create(invitation: NewInvitation): Promise<'created' | 'pending' | 'no_user'>;
  abstract findById(id: string): Promise<InvitationRecord | null>;
  /** The pending one of a place, in time. */
  abstract findPending(place: InvitationPlace, invitee: string, now: Date): Promise<InvitationRecord | null>;
  /** Pending ones, in time, oldest first, at most 100. */
  abstract listPending(invitees: readonly string[], now: Date): Promise<InvitationRecord[]>;
  abstract list(
    listing: Listing<InvitationSortField>,
    filter: InvitationFilter,
  ): Promise<Slice<InvitationRecord>>;

  /** Holds a pending one that is in time until the transaction ends; else `null`. Inside a transaction alone. */
  abstract lockPending(id: string, now: Date): Promise<InvitationRecord | null>;
  /** Away from `pending`, if it is that and in time; else `null`. */
  abstract settle(
    id: string,
    status: 'accepted' | 'declined' | 'revoked',
    now: Date,
  ): Promise<InvitationRecord | null>;
  /** Says who accepted it; `null` where the account, or the invitation, is gone. Holds the account's row, so that it cannot go before the commit. */
  abstract setAcceptedBy(id: string, userId: string): Promise<InvitationRecord | null>;
  /** A new time for a pending one that is in time; else `null`. */
  abstract renew(id: string, expiresAt: Date, now: Date): Promise<InvitationRecord | null>;
  /** Marks pending ones whose time is over, at most so many, of one invitee where it is given; skips what another transaction holds. */
  abstract expireDue(now: Date, limit: number, invitee?: string): Promise<InvitationRecord[]>;
  /** Revokes the pending ones that match. */
  abstract revokeAll(filter: WithdrawalFilter, now: Date): Promise<InvitationRecord[]>;

  abstract delete(id: string): Promise<boolean>;
  abstract deleteByOrganization(organizationId: string): Promise<string[]>;
  /** All of these addresses and accounts; the ids. */
  abstract deleteByInvitees(invitees: readonly string[]): Promise<string[]>;
  /** Forgets what ceased to be pending before `before`, at most so many. */
  abstract deleteActed(before: Date, limit: number): Promise<number>;
}
