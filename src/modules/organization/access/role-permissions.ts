import type { MemberRole } from '../member/member.js';

/** What may be done in an organization, as `resource:action`. */
export const ORGANIZATION_PERMISSIONS = [
  'organization:read',
  'organization:update',
  'organization:delete',
  'organization:transfer',
  'member:read',
  'member:update',
  'member:remove',
  'team:read',
  'team:create',
  'team:update',
  'team:delete',
  'role:read',
  'role:manage',
  'invitation:read',
  'invitation:create',
  'invitation:revoke',
  'audit:read',
] as const;
export type OrganizationPermission = (typeof ORGANIZATION_PERMISSIONS)[number];

const MEMBER: readonly OrganizationPermission[] = ['organization:read', 'member:read', 'team:read'];
const OWNER_ALONE: ReadonlySet<OrganizationPermission> = new Set([
  'organization:delete',
  'organization:transfer',
]);

/** What the built-in roles may do. An owner may do everything, the host's own permissions included. */
export const ROLE_PERMISSIONS: Readonly<Record<MemberRole, readonly string[]>> = {
  owner: ['*:*'],
  admin: ORGANIZATION_PERMISSIONS.filter((permission) => !OWNER_ALONE.has(permission)),
  member: MEMBER,
};
