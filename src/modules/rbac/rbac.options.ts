import { OptionsError } from '../core/index.js';
import type { NewRole } from './role/role.js';
import { assertRoleInput, SUPER_ADMIN_SLUG } from './role/role-input.js';

/** What `rbac()` can be told. */
export abstract class RbacOptions {
  /** Roles of the platform that are there from every start on, as they are declared here; nobody changes or deletes them through a route. @default none */
  abstract readonly roles: readonly NewRole[];
}

/** @throws OptionsError */
export function resolveRbacOptions({ roles = [] }: Partial<RbacOptions> = {}): RbacOptions {
  for (const role of roles) {
    if (role.slug === SUPER_ADMIN_SLUG) throw new OptionsError(`No role can be called ${role.slug}.`);
    try {
      assertRoleInput(role);
    } catch (error) {
      throw new OptionsError(`The role ${JSON.stringify(role.slug)} is not well-formed.`, { cause: error });
    }
  }
  return { roles };
}
