import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthBlacklist } from './blacklist/auth-blacklist.entity.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { InMemoryBlacklistRepository } from './blacklist/in-memory-blacklist.repository.js';
import { TypeOrmBlacklistRepository } from './blacklist/typeorm-blacklist.repository.js';

/** The tables of stateless mode. */
export const STATELESS_ENTITIES = [AuthBlacklist];

/** The ports of stateless mode and what ships for each. */
export const STATELESS_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: BlacklistRepository, typeorm: TypeOrmBlacklistRepository, memory: InMemoryBlacklistRepository },
];
