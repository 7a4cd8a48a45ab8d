import type { Permission } from '../permission/permission.js';

/** Where a role counts: in the organization of that id or, with `null`, on the platform. */
export type RoleScope = string | null;

export interface RoleRecord {
  readonly id: string;
  readonly realmId: string;
  /** `null`: of the platform; may then be assigned in an organization too. */
  readonly organizationId: RoleScope;
  /** Unique in its scope; never changes, since code names roles by it. */
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly permissions: readonly Permission[];
  /** Declared in code, and changed there alone. */
  readonly reserved: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** What makes a role. */
export interface NewRole {
  readonly slug: string;
  readonly name: string;
  readonly description?: string | null;
  readonly permissions: readonly Permission[];
}

/** `undefined` leaves a field. */
export interface RoleChanges {
  readonly name?: string;
  readonly description?: string | null;
  readonly permissions?: readonly Permission[];
  readonly reserved?: boolean;
}
