import type { Listing } from '../../../shared/listing/listing.js';
import type { RoleChanges, RoleRecord, RoleScope } from './role.js';

export type RoleSortField = 'created_at' | 'slug' | 'name';

export interface RoleFilter {
  /** Literal text looked for in slug and name, whatever its case. */
  readonly query?: string;
}

/** Roles of the platform and of organizations. Each method is one atomic statement. */
export abstract class RoleRepository {
  /** Inserts, unless the slug is taken in the scope: `false`, and the transaction goes on. */
  abstract create(role: RoleRecord): Promise<boolean>;
  abstract findById(id: string): Promise<RoleRecord | null>;
  abstract findBySlug(scope: RoleScope, slug: string): Promise<RoleRecord | null>;
  /**
   * Reads the role and holds it to the end of the transaction: `shared` against its change and deletion (many may), `exclusive` against everything that
   * holds it. Locks of roles come before those of accounts and assignments.
   */
  abstract lock(id: string, strength: 'shared' | 'exclusive'): Promise<RoleRecord | null>;
  /** The same, exclusively, for every role of the organization. */
  abstract lockOrganization(organizationId: string): Promise<void>;
  abstract list(
    scope: RoleScope,
    listing: Listing<RoleSortField>,
    filter: RoleFilter,
  ): Promise<{ rows: RoleRecord[]; total: number }>;
  abstract update(id: string, changes: RoleChanges): Promise<RoleRecord | null>;
  /** With its assignments. */
  abstract delete(id: string): Promise<boolean>;
  /** Every role of the organization, with its assignments. */
  abstract deleteByOrganization(organizationId: string): Promise<number>;
}
