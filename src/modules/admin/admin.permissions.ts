/**
 * What the routes of this module ask of whoever is no super admin; held by a role of the platform, where `rbac` is mounted. Super admins hold all of them.
 * Impersonating, making super admins, and erasing for good are for super admins alone.
 */
export const ADMIN_PERMISSIONS = {
  read: 'users:read',
  create: 'users:create',
  update: 'users:update',
  ban: 'users:ban',
  delete: 'users:delete',
  setPassword: 'users:set-password',
  readSessions: 'users:read-sessions',
  revokeSessions: 'users:revoke-sessions',
  resetTwoFactor: 'users:reset-two-factor',
  /** As rbac has them. */
  readRoles: 'roles:read',
  assignRoles: 'roles:assign',
  export: 'users:export',
  statistics: 'statistics:read',
} as const;

export type AdminPermission = (typeof ADMIN_PERMISSIONS)[keyof typeof ADMIN_PERMISSIONS];
