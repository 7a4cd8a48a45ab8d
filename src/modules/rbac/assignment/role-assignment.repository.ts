import type { Listing } from '../../../shared/listing/listing.js';
import type { UserSet } from '../../core/index.js';
import type { RoleRecord, RoleScope } from '../role/role.js';
import type { RoleAssignmentRecord } from './role-assignment.js';

export type RoleAssignmentSortField = 'created_at';

export interface RoleAssignmentFilter {
  readonly roleId?: string;
  readonly userId?: string;
}

/** Who has which role where. Each method is one atomic statement; assignments go with their user and with their role. */
export abstract class RoleAssignmentRepository {
  /** Inserts, unless the user has the role there already: `false`. Role and user have to exist. */
  abstract add(assignment: RoleAssignmentRecord): Promise<boolean>;
  abstract remove(roleId: string, userId: string, scope: RoleScope): Promise<boolean>;
  /** One named statement: what claims are made of. */
  abstract rolesOf(userId: string, scope: RoleScope): Promise<RoleRecord[]>;
  /** Slugs of the roles of a user by organization, sorted; organizations without one are left out. */
  abstract slugsByOrganization(userId: string): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Assignments that count in the scope. */
  abstract list(
    scope: RoleScope,
    listing: Listing<RoleAssignmentSortField>,
    filter: RoleAssignmentFilter,
  ): Promise<{ rows: RoleAssignmentRecord[]; total: number }>;
  /** Ids of the users who have the role: wherever or, where one is given, in that scope. */
  abstract holdersOf(roleId: string, scope?: RoleScope): Promise<string[]>;
  /** The same in one scope, for a list of accounts to be narrowed by. */
  abstract holders(roleId: string, scope: RoleScope): UserSet;
  /** Ids of the users who have any role in the organization. */
  abstract holdersIn(organizationId: string): Promise<string[]>;
  abstract removeByOrganization(organizationId: string): Promise<number>;
  abstract removeMember(userId: string, organizationId: string): Promise<number>;
}
