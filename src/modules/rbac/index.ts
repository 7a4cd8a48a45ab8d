export { RequireEntitlement, RequirePermissions, Roles } from './access/access.decorators.js';
export { Authorities, type Authority } from './access/authorities.js';
export { RbacGuard } from './access/rbac.guard.js';
export { AssignRoleRequest, RoleAssignmentResponse } from './assignment/role-assignment.dto.js';
export {
  type RoleAssignmentFilter,
  RoleAssignmentRepository,
  type RoleAssignmentSortField,
} from './assignment/role-assignment.repository.js';
export type { RoleAssignmentRecord } from './assignment/role-assignment.js';
export { type HeldRoles, RoleAssignments } from './assignment/role-assignments.js';
export { RoleScopes } from './assignment/role-scopes.js';
export {
  type Entitlement,
  EntitlementProvider,
  ProvidesEntitlements,
} from './entitlement/entitlement-provider.js';
export { Entitlements } from './entitlement/entitlements.js';
export { type Grantor, SYSTEM_GRANTOR } from './permission/grantor.js';
export { isPermission, type Permission } from './permission/permission.js';
export { PermissionSet } from './permission/permission-set.js';
export { RbacErrors } from './rbac.errors.js';
export {
  RbacEvent,
  RoleAssignmentEvent,
  RoleCreated,
  RoleDeleted,
  RoleGranted,
  RoleRevoked,
  RoleUpdated,
} from './rbac.events.js';
export { rbac, RbacModule, type RbacModuleStructure } from './rbac.module.js';
export type { RbacOptions } from './rbac.options.js';
export { RBAC_PERMISSIONS } from './rbac.permissions.js';
export { RBAC_ENTITIES, RBAC_REPOSITORIES } from './rbac.repositories.js';
export { isReservedRoleSlug, SUPER_ADMIN_SLUG } from './role/role-input.js';
export { RoleResponse } from './role/role.dto.js';
export type { NewRole, RoleChanges, RoleRecord, RoleScope } from './role/role.js';
export { type RoleFilter, RoleRepository, type RoleSortField } from './role/role.repository.js';
export { RoleService } from './role/role.service.js';
export { CreateRoleRequest, ListRolesQuery, UpdateRoleRequest } from './role/role.dto.js';
