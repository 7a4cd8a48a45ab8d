import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthRoleAssignment } from './assignment/auth-role-assignment.entity.js';
import { InMemoryRoleAssignmentRepository } from './assignment/in-memory-role-assignment.repository.js';
import { RoleAssignmentRepository } from './assignment/role-assignment.repository.js';
import { TypeOrmRoleAssignmentRepository } from './assignment/typeorm-role-assignment.repository.js';
import { AuthRole } from './role/auth-role.entity.js';
import { InMemoryRoleRepository } from './role/in-memory-role.repository.js';
import { RoleRepository } from './role/role.repository.js';
import { TypeOrmRoleRepository } from './role/typeorm-role.repository.js';

/** The tables of rbac. */
export const RBAC_ENTITIES = [AuthRole, AuthRoleAssignment];

/** The ports of rbac and what ships for each. */
export const RBAC_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: RoleRepository, typeorm: TypeOrmRoleRepository, memory: InMemoryRoleRepository },
  {
    port: RoleAssignmentRepository,
    typeorm: TypeOrmRoleAssignmentRepository,
    memory: InMemoryRoleAssignmentRepository,
  },
];
