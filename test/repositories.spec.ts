import 'reflect-metadata';
import { describe } from '@jest/globals';
import { castellanMigrations } from '../src/castellan.schema.js';
import { inMemoryStorage } from '../src/shared/persistence/in-memory-storage.js';
import { typeormStorage } from '../src/shared/persistence/typeorm-storage.js';
import { createContractStore, describeRepositories } from '../src/testing/index.js';
import { onRealPostgres } from './support/database.js';
import { configuredEngine, sqlStore } from './support/sql-store.js';

const TYPEORM = typeormStorage({ migrations: castellanMigrations() });

describeRepositories('in memory', () => createContractStore({ storage: inMemoryStorage() }));

const ENGINE = onRealPostgres ? 'PostgreSQL' : 'the embedded database';

describe(`on ${ENGINE}`, () => {
  describeRepositories(`TypeORM on ${ENGINE}`, sqlStore(configuredEngine, TYPEORM));
});
