import { defineListing, type Listing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import type { MemberRecord, MemberRole, Membership, NewMember } from './member.js';

export const MEMBER_LISTING = defineListing({ sortable: ['joined_at', 'role'], defaultSort: 'joined_at' });
export type MemberSortField = (typeof MEMBER_LISTING)['defaultSort'];

/** Who is in an organization. What counts members or roles runs under `OrganizationRepository.lock`. */
export abstract class MemberRepository {
  /**
   * `already`: the account is a member. `no_user`: it does not live. Holds the account's row, so that it does not end before the commit, and takes the
   * membership along if it ends later.
   */
  abstract add(member: NewMember): Promise<'added' | 'already' | 'no_user'>;
  abstract find(organizationId: string, userId: string): Promise<MemberRecord | null>;
  abstract list(
    organizationId: string,
    listing: Listing<MemberSortField>,
    filter: { readonly role?: MemberRole },
  ): Promise<Slice<MemberRecord>>;
  /** Memberships in active organizations, oldest first; one of them where the id is given. One query. */
  abstract membershipsOf(userId: string, organizationId?: string): Promise<Membership[]>;
  abstract setRole(
    organizationId: string,
    userId: string,
    role: MemberRole,
    now: Date,
  ): Promise<MemberRecord | null>;
  /** With the places in its teams. */
  abstract remove(organizationId: string, userId: string): Promise<MemberRecord | null>;
  /** All members, or those of a role. */
  abstract count(organizationId: string, role?: MemberRole): Promise<number>;
  /** The owner who has been there longest, apart from one. */
  abstract eldestOwner(organizationId: string, except: string): Promise<string | null>;
  /** Ids of every organization that this account is a member of, in their order. */
  abstract organizationsOf(userId: string): Promise<string[]>;
}
