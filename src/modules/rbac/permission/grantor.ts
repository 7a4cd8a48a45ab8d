import { AuthError } from '../../../shared/errors/auth-error.js';
import { RbacErrors } from '../rbac.errors.js';
import type { RoleScope } from '../role/role.js';
import { isNamedInCode } from './named-roles.js';
import type { Permission } from './permission.js';
import { PermissionSet } from './permission-set.js';

/** Who makes, changes or grants roles, and what they hold in the scope that it is about. */
export interface Grantor {
  /** `null`: the system. */
  readonly userId: string | null;
  /** Slugs. */
  readonly roles: readonly string[];
  readonly permissions: PermissionSet;
}

/** What the system does by itself: jobs, the start, the command line. */
export const SYSTEM_GRANTOR: Grantor = Object.freeze({
  userId: null,
  roles: [],
  permissions: PermissionSet.all,
});

interface RoleLike {
  readonly organizationId: RoleScope;
  readonly slug: string;
  readonly permissions: Iterable<Permission>;
}

/**
 * The ceiling: nobody hands out, takes away or puts together what they do not hold. What a role of the platform lets its holders do by its name alone
 * (`@Roles`) nobody can read from its permissions, so that name has to be held as well.
 * @throws rbac.above_ceiling
 */
export function assertCovers({ roles, permissions: held }: Grantor, role: RoleLike): void {
  const missing = held.missingOf(role.permissions);
  if (missing.length > 0) throw new AuthError(RbacErrors.above_ceiling, { extra: { missing } });
  const byName = role.organizationId === null && isNamedInCode(role.slug);
  if (byName && !roles.includes(role.slug) && !held.covers(PermissionSet.all))
    throw new AuthError(RbacErrors.above_ceiling, {
      detail: 'Routes ask for this role by its name, and you do not have it.',
    });
}
