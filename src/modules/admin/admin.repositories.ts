import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuthUserImport } from './import/auth-user-import.entity.js';
import { ImportCheckpointRepository } from './import/import-checkpoint.repository.js';
import { InMemoryImportCheckpointRepository } from './import/in-memory-import-checkpoint.repository.js';
import { TypeOrmImportCheckpointRepository } from './import/typeorm-import-checkpoint.repository.js';
import { AuthDailyCount } from './statistics/auth-daily-count.entity.js';
import { DailyCountRepository } from './statistics/daily-count.repository.js';
import { InMemoryDailyCountRepository } from './statistics/in-memory-daily-count.repository.js';
import { TypeOrmDailyCountRepository } from './statistics/typeorm-daily-count.repository.js';

/** The tables of admin. */
export const ADMIN_ENTITIES = [AuthDailyCount, AuthUserImport];

/** The ports of admin and what ships for each. */
export const ADMIN_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: DailyCountRepository, typeorm: TypeOrmDailyCountRepository, memory: InMemoryDailyCountRepository },
  {
    port: ImportCheckpointRepository,
    typeorm: TypeOrmImportCheckpointRepository,
    memory: InMemoryImportCheckpointRepository,
  },
];
