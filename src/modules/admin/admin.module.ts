import { type DynamicModule, Module } from '@nestjs/common';
import type { StorageDefinition } from '../../shared/persistence/storage.js';
import { AdminActions } from './access/admin-actions.js';
import { AdminActors } from './access/admin-actors.js';
import { AdminGuard } from './access/admin.guard.js';
import { AdminOptions, resolveAdminOptions } from './admin.options.js';
import { UserAccessController } from './lifecycle/user-access.controller.js';
import { UserAccess } from './lifecycle/user-access.js';
import { UserPasswordsController } from './lifecycle/user-passwords.controller.js';
import { UserPasswords } from './lifecycle/user-passwords.js';
import { UserRemovalController } from './lifecycle/user-removal.controller.js';
import { UserRemoval } from './lifecycle/user-removal.js';
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
  UserAccess,
  UserChanges,
  UserCreation,
  UserListing,
  UserPasswords,
  UserRemoval,
];

/** Everybody's accounts, for super admins and, with `RbacModule`, for holders of permissions. */
@Module({})
export class AdminModule {
  static forRoot({ options }: AdminModuleStructure): DynamicModule {
    return {
      module: AdminModule,
      controllers: [
        AdminUsersController,
        UserAccessController,
        UserPasswordsController,
        UserRemovalController,
      ],
      providers: [{ provide: AdminOptions, useValue: resolveAdminOptions(options) }, AdminActions, ...PUBLIC],
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
