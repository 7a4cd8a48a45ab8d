import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { Authorities } from './access/authorities.js';
import { MyAccessController } from './access/my-access.controller.js';
import { RbacGuard } from './access/rbac.guard.js';
import { RoleClaims } from './access/role-claims.js';
import { RoleAssignmentsController } from './assignment/role-assignments.controller.js';
import { RoleAssignments } from './assignment/role-assignments.js';
import { RoleData } from './assignment/role-data.js';
import { RoleScopes } from './assignment/role-scopes.js';
import { EntitlementClaims } from './entitlement/entitlement-claims.js';
import { Entitlements } from './entitlement/entitlements.js';
import { RbacOptions, resolveRbacOptions } from './rbac.options.js';
import { RBAC_REPOSITORIES } from './rbac.repositories.js';
import { DeclaredRoles } from './role/declared-roles.js';
import { RoleAccess } from './role/role-access.js';
import { RoleAdministration } from './role/role-administration.js';
import { RoleCreation } from './role/role-creation.js';
import { RoleRevision } from './role/role-revision.js';
import { RoleService } from './role/role.service.js';
import { RolesController } from './role/roles.controller.js';

export interface RbacModuleStructure {
  /** Which store stands behind the roles; core's own. */
  readonly storage: StorageDefinition;
  readonly options?: Partial<RbacOptions>;
}

/** For other modules, and for the guard on a host's controllers. */
const PUBLIC = [Authorities, Entitlements, RbacGuard, RoleAssignments, RoleScopes, RoleService];

const PRIVATE = [
  DeclaredRoles,
  EntitlementClaims,
  RoleAccess,
  RoleAdministration,
  RoleClaims,
  RoleCreation,
  RoleData,
  RoleRevision,
];

/** Roles with permissions, on the platform and, for the organization module, in organizations; entitlements; guards for both. Global. */
@Module({})
export class RbacModule {
  static forRoot({ storage, options }: RbacModuleStructure): DynamicModule {
    return {
      module: RbacModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [RolesController, RoleAssignmentsController, MyAccessController],
      providers: [
        ...storage.bind(RBAC_REPOSITORIES),
        { provide: RbacOptions, useValue: resolveRbacOptions(options) },
        ...PUBLIC,
        ...PRIVATE,
      ],
      exports: [...PUBLIC],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [rbac()] })`. */
export function rbac(
  options?: Partial<RbacOptions>,
): (structure: Pick<RbacModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => RbacModule.forRoot({ storage, options });
}
