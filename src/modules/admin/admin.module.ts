import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { AdminActions } from './access/admin-actions.js';
import { AdminActors } from './access/admin-actors.js';
import { AdminGuard } from './access/admin.guard.js';
import { AdminOptions, resolveAdminOptions } from './admin.options.js';
import { ADMIN_REPOSITORIES } from './admin.repositories.js';
import { BulkController } from './bulk/bulk.controller.js';
import { BulkService } from './bulk/bulk.service.js';
import { UserExportsController } from './data/user-exports.controller.js';
import { UserExports } from './data/user-exports.js';
import { ImpersonationController } from './impersonation/impersonation.controller.js';
import { ImpersonationService } from './impersonation/impersonation.service.js';
import { UserDump } from './import/user-dump.js';
import { UserImport } from './import/user-import.js';
import { UserAccessController } from './lifecycle/user-access.controller.js';
import { UserAccess } from './lifecycle/user-access.js';
import { UserPasswordsController } from './lifecycle/user-passwords.controller.js';
import { UserPasswords } from './lifecycle/user-passwords.js';
import { UserRemovalController } from './lifecycle/user-removal.controller.js';
import { UserRemoval } from './lifecycle/user-removal.js';
import { UserRolesController } from './roles/user-roles.controller.js';
import { UserRoles } from './roles/user-roles.js';
import { UserSessionsController } from './sessions/user-sessions.controller.js';
import { UserSessions } from './sessions/user-sessions.js';
import { DailyCountExpiryTask } from './statistics/daily-count-expiry.task.js';
import { LoginCounter } from './statistics/login-counter.js';
import { StatisticsController } from './statistics/statistics.controller.js';
import { StatisticsService } from './statistics/statistics.service.js';
import { SecondFactorsController } from './two-factor/second-factors.controller.js';
import { SecondFactors } from './two-factor/second-factors.js';
import { UserChanges } from './users/user-changes.js';
import { UserCreation } from './users/user-creation.js';
import { UserListing } from './users/user-listing.js';
import { AdminUsersController } from './users/users.controller.js';

export interface AdminModuleStructure {
  /** Core's own. */
  readonly storage: StorageDefinition;
  readonly options?: Partial<AdminOptions>;
}

/** For a host's own administration. */
const PUBLIC = [
  AdminActors,
  AdminGuard,
  BulkService,
  ImpersonationService,
  SecondFactors,
  StatisticsService,
  UserAccess,
  UserChanges,
  UserCreation,
  UserDump,
  UserExports,
  UserImport,
  UserListing,
  UserPasswords,
  UserRemoval,
  UserRoles,
  UserSessions,
];

/** Everybody's accounts, for super admins and, with `RbacModule`, for holders of permissions. */
@Module({})
export class AdminModule {
  static forRoot({ storage, options }: AdminModuleStructure): DynamicModule {
    return {
      module: AdminModule,
      imports: [DiscoveryModule],
      controllers: [
        AdminUsersController,
        UserAccessController,
        UserPasswordsController,
        UserRemovalController,
        UserSessionsController,
        UserRolesController,
        SecondFactorsController,
        ImpersonationController,
        UserExportsController,
        BulkController,
        StatisticsController,
      ],
      providers: [
        ...storage.bind(ADMIN_REPOSITORIES),
        { provide: AdminOptions, useValue: resolveAdminOptions(options) },
        AdminActions,
        DailyCountExpiryTask,
        LoginCounter,
        ...PUBLIC,
      ],
      exports: PUBLIC,
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [admin()] })`. */
export function admin(
  options?: Partial<AdminOptions>,
): (structure: Pick<AdminModuleStructure, 'storage'>) => DynamicModule {
  return ({ storage }) => AdminModule.forRoot({ storage, options });
}
