import { isPermission, type Permission } from './permission.js';

/**
 * Permissions that somebody holds. A wildcard stands for every name of its part: `invoices:*` for every action on invoices, `*:read` for reading whatever
 * there is. What is held is compared with what is asked for, so a wildcard that is asked for has to be held as such.
 */
export class PermissionSet {
  /** Holds everything: a super admin, the owner of a scope, the system itself. */
  static readonly all = new PermissionSet(new Set(['*:*']));
  static readonly none = new PermissionSet(new Set());

  private constructor(private readonly held: ReadonlySet<Permission>) {}

  /** What is not well-formed grants nothing. */
  static of(permissions: Iterable<unknown>): PermissionSet {
    return new PermissionSet(new Set([...permissions].filter(isPermission)));
  }

  /** Whether the permission is held, as such or by a wildcard; never for what is not well-formed. */
  allows(permission: Permission): boolean {
    return isPermission(permission) && holdingsFor(permission).some((holding) => this.held.has(holding));
  }

  /** Whether everything that the other set allows is allowed here: the ceiling for whoever grants it. */
  covers(other: PermissionSet): boolean {
    return this.missingOf(other.held).length === 0;
  }

  /** Those that are not held. */
  missingOf(permissions: Iterable<Permission>): Permission[] {
    return [...permissions].filter((permission) => !this.allows(permission));
  }

  union(other: PermissionSet): PermissionSet {
    return new PermissionSet(new Set([...this.held, ...other.held]));
  }

  /** Sorted, without those that a wildcard of the set stands for already. */
  toArray(): Permission[] {
    return [...this.held]
      .filter((permission) => !this.isImplied(permission))
      .sort((one, other) => (one < other ? -1 : 1));
  }

  private isImplied(permission: Permission): boolean {
    return holdingsFor(permission).some((holding) => holding !== permission && this.held.has(holding));
  }
}

/** Whoever holds one of these is allowed it. */
function holdingsFor(permission: Permission): Permission[] {
  const [resource = '', action = ''] = permission.split(':');
  return [permission, `${resource}:*`, `*:${action}`, '*:*'];
}
