import { randomUUID } from 'node:crypto';
import type { RoleAssignmentRecord } from '../../modules/rbac/assignment/role-assignment.js';
import { RoleAssignmentRepository } from '../../modules/rbac/assignment/role-assignment.repository.js';
import type { RoleRecord } from '../../modules/rbac/role/role.js';
import { RoleRepository } from '../../modules/rbac/role/role.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { NOW, type Ports } from './contract-store.js';

export function newRole(values: Partial<RoleRecord> = {}): RoleRecord {
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    organizationId: null,
    slug: `role-${randomUUID()}`,
    name: 'Clerk',
    description: null,
    permissions: ['invoices:read', '*:list'],
    reserved: false,
    createdAt: NOW,
    updatedAt: NOW,
    ...values,
  };
}

export async function createRole(ports: Ports, values: Partial<RoleRecord> = {}): Promise<RoleRecord> {
  const role = newRole(values);
  if (!(await ports(RoleRepository).create(role))) throw new Error(`The slug ${role.slug} is taken.`);
  return role;
}

export function newAssignment(
  userId: string,
  roleId: string,
  values: Partial<RoleAssignmentRecord> = {},
): RoleAssignmentRecord {
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    userId,
    roleId,
    organizationId: null,
    grantedBy: null,
    createdAt: NOW,
    ...values,
  };
}

/** Gives a role to a user. */
export async function assign(
  ports: Ports,
  userId: string,
  roleId: string,
  values: Partial<RoleAssignmentRecord> = {},
): Promise<RoleAssignmentRecord> {
  const assignment = newAssignment(userId, roleId, values);
  if (!(await ports(RoleAssignmentRepository).add(assignment))) throw new Error('The user has the role.');
  return assignment;
}
