import 'reflect-metadata';
import { describe } from '@jest/globals';
import { castellanMigrations } from '../src/castellan.schema.js';
import { inMemoryStorage } from '../src/shared/persistence/in-memory-storage.js';
import { typeormStorage } from '../src/shared/persistence/typeorm-storage.js';
import { createContractStore, describeRepositories } from '../src/testing/index.js';
import { onRealPostgres } from './support/database.js';
import { configuredEngine, embeddedEngine, sqlStore } from './support/sql-store.js';

const TYPEORM = typeormStorage({ migrations: castellanMigrations() });

describeRepositories('in memory', () => createContractStore({ storage: inMemoryStorage() }));

describe('on the embedded database', () => {
  describeRepositories('TypeORM on the embedded database', sqlStore(embeddedEngine, TYPEORM));
});

if (onRealPostgres) {
  describe('on PostgreSQL', () => {
    describeRepositories('TypeORM on PostgreSQL', sqlStore(configuredEngine, TYPEORM));
  });
}
