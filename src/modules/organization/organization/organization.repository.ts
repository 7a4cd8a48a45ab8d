import type { Listing } from '../../../shared/listing/listing.js';
import { defineListing } from '../../../shared/listing/listing.js';
import type { Slice } from '../../../shared/listing/paginate.js';
import type { NewOrganization, OrganizationChanges, OrganizationRecord } from './organization.js';

export const ORGANIZATION_LISTING = defineListing({
  sortable: ['created_at', 'name'],
  defaultSort: 'created_at',
});
export type OrganizationSortField = (typeof ORGANIZATION_LISTING)['defaultSort'];

export interface OrganizationFilter {
  readonly ownerId?: string;
  /** Only those that this user is a member of. */
  readonly memberId?: string;
  /** Part of the name or the slug, literally and in any case. */
  readonly query?: string;
}

export abstract class OrganizationRepository {
  /** `false` where the slug is another's. */
  abstract create(organization: NewOrganization): Promise<boolean>;
  abstract findById(id: string): Promise<OrganizationRecord | null>;
  /** Those that exist, in no order. */
  abstract findByIds(ids: readonly string[]): Promise<OrganizationRecord[]>;
  /**
   * Holds the row until the transaction ends: whoever adds, removes or promotes members takes turns on it, so that counts made under it hold.
   * Inside a transaction alone.
   */
  abstract lock(id: string): Promise<OrganizationRecord | null>;
  abstract list(
    listing: Listing<OrganizationSortField>,
    filter: OrganizationFilter,
  ): Promise<Slice<OrganizationRecord>>;
  /** `null` where there is none. */
  abstract update(id: string, changes: OrganizationChanges, now: Date): Promise<OrganizationRecord | null>;
  /** With its members and teams. */
  abstract delete(id: string): Promise<boolean>;
}
