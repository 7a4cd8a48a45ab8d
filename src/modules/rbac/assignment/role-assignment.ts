import type { RoleScope } from '../role/role.js';

/** A user has a role, on the platform or in one organization. */
export interface RoleAssignmentRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  readonly roleId: string;
  /** Where it counts; a role of the platform may be assigned in an organization too. */
  readonly organizationId: RoleScope;
  /** The account that granted it; `null`: the system. */
  readonly grantedBy: string | null;
  readonly createdAt: Date;
}
