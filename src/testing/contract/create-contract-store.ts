import type { ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { AUDIT_REPOSITORIES } from '../../modules/audit/audit.repositories.js';
import { ADMIN_REPOSITORIES } from '../../modules/admin/admin.repositories.js';
import { CORE_REPOSITORIES } from '../../modules/core/core.repositories.js';
import { INVITATION_REPOSITORIES } from '../../modules/invitation/invitation.repositories.js';
import { OAUTH_REPOSITORIES } from '../../modules/oauth/oauth.repositories.js';
import { ORGANIZATION_REPOSITORIES } from '../../modules/organization/organization.repositories.js';
import { RBAC_REPOSITORIES } from '../../modules/rbac/rbac.repositories.js';
import { STATELESS_REPOSITORIES } from '../../modules/stateless/stateless.repositories.js';
import { TWO_FACTOR_REPOSITORIES } from '../../modules/two-factor/two-factor.repositories.js';
import { IdGenerator, UuidV7Generator } from '../../shared/ids/id-generator.js';
import { type RepositoryBinding, Storage, type StorageDefinition } from '../../shared/persistence/storage.js';
import { Clock, SystemClock } from '../../shared/time/clock.js';
import type { ContractStore } from './contract-store.js';

export interface ContractStoreOptions {
  readonly storage: StorageDefinition;
  /** Modules of the host that the storage needs: its DataSource, say. @default none */
  readonly imports?: ModuleMetadata['imports'];
  /** The ports to bind. @default those of every module */
  readonly repositories?: readonly RepositoryBinding[];
}

/**
 * The repositories of a storage without an application around them, for the contract suites: no worker takes what a test has put there. Beside the
 * ports it has what a repository may ask for: `Clock`, `IdGenerator`, `TransactionRunner`, `Storage`. Needs `@nestjs/testing`.
 */
export async function createContractStore({
  storage,
  imports = [],
  repositories = [
    ...CORE_REPOSITORIES,
    ...STATELESS_REPOSITORIES,
    ...OAUTH_REPOSITORIES,
    ...RBAC_REPOSITORIES,
    ...ORGANIZATION_REPOSITORIES,
    ...INVITATION_REPOSITORIES,
    ...TWO_FACTOR_REPOSITORIES,
    ...AUDIT_REPOSITORIES,
    ...ADMIN_REPOSITORIES,
  ],
}: ContractStoreOptions): Promise<Required<ContractStore>> {
  const module = await Test.createTestingModule({
    imports: [...imports, storage.module],
    providers: [
      { provide: Clock, useClass: SystemClock },
      { provide: IdGenerator, inject: [Clock], useFactory: (clock: Clock) => new UuidV7Generator(clock) },
      ...storage.bind(repositories),
    ],
  }).compile();
  // What a suite provokes on purpose would be logged as an error.
  module.useLogger(false);
  return {
    get: (port) => module.get(port, { strict: false }),
    close: async () => {
      await module.get(Storage, { strict: false }).close();
      await module.close();
    },
  };
}
