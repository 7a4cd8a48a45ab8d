import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AccountRepository } from './account/account.repository.js';
import { AuthAccount } from './account/auth-account.entity.js';
import { InMemoryAccountRepository } from './account/in-memory-account.repository.js';
import { TypeOrmAccountRepository } from './account/typeorm-account.repository.js';

/** The tables of the module. */
export const OAUTH_ENTITIES = [AuthAccount];

/** The ports of the module and what ships for each. */
export const OAUTH_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: AccountRepository, typeorm: TypeOrmAccountRepository, memory: InMemoryAccountRepository },
];
