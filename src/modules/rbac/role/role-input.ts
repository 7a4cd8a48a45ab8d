import { AuthError, type FieldError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { isPermission } from '../permission/permission.js';
import type { NewRole, RoleChanges } from './role.js';

export const ROLE_SLUG_PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
export const MAX_ROLE_SLUG_LENGTH = 63;
export const MAX_ROLE_NAME_LENGTH = 100;
export const MAX_ROLE_DESCRIPTION_LENGTH = 500;
export const MAX_ROLE_PERMISSIONS = 100;

/** What super admins are called among `roles`; no role has it. */
export const SUPER_ADMIN_SLUG = 'super-admin';

/** Words that Castellan, or whoever reads a token, would take for something of its own. Code alone may declare roles under them. */
const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...['owner', 'admin', 'administrator', 'member', 'guest', 'user'],
  ...['system', 'root', 'superadmin', 'superuser', 'super-user'],
]);

/** Whether nobody may make a role of the slug through a route, or (`super-admin`) at all. */
export function isReservedRoleSlug(slug: string): boolean {
  return slug === SUPER_ADMIN_SLUG || RESERVED_SLUGS.has(slug);
}

/** @throws core.validation_failed */
export function assertRoleInput({
  slug,
  name,
  description,
  permissions,
}: Partial<NewRole> & RoleChanges): void {
  const problems: FieldError[] = [];
  const check = (holds: boolean, field: string, message: string): void => {
    if (!holds) problems.push({ field, code: 'invalid', message });
  };
  check(
    slug === undefined || (slug.length <= MAX_ROLE_SLUG_LENGTH && ROLE_SLUG_PATTERN.test(slug)),
    'slug',
    `slug has 1 to ${MAX_ROLE_SLUG_LENGTH} characters a-z, 0-9 and single hyphens between them`,
  );
  check(
    name === undefined || isText(name, 1, MAX_ROLE_NAME_LENGTH),
    'name',
    'name is too long, empty, or holds control characters',
  );
  check(
    description === undefined || description === null || isText(description, 0, MAX_ROLE_DESCRIPTION_LENGTH),
    'description',
    'description is too long, or holds control characters',
  );
  check(
    permissions === undefined || permissions.length <= MAX_ROLE_PERMISSIONS,
    'permissions',
    `a role has at most ${MAX_ROLE_PERMISSIONS} permissions`,
  );
  check(
    permissions?.every(isPermission) ?? true,
    'permissions',
    'a permission is resource:action, each part a-z, 0-9, ".", "_", "-", or *',
  );
  if (problems.length > 0) throw new AuthError(GeneralErrors.validation_failed, { fields: problems });
}

function isText(value: string, least: number, most: number): boolean {
  return (
    value.trim().length >= least && value.length <= most && value.isWellFormed() && !/\p{Cc}/u.test(value)
  );
}
