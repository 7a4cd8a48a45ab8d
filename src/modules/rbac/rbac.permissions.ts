/** What the routes of this module ask for. */
export const RBAC_PERMISSIONS = {
  read: 'roles:read',
  create: 'roles:create',
  update: 'roles:update',
  delete: 'roles:delete',
  /** Granting and revoking. */
  assign: 'roles:assign',
} as const;
