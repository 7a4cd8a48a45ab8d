import { afterAll, beforeAll } from '@jest/globals';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES } from '../../src/castellan.schema.js';
import { createDataSourceOptions, type DatabaseOptions } from '../../src/shared/persistence/data-source.js';
import type { StorageDefinition } from '../../src/shared/persistence/storage.js';
import { type ContractSetup, type ContractStore, createContractStore } from '../../src/testing/index.js';
import { createTestDatabase } from './database.js';
import { EMPTY_TABLES } from './spare-databases.js';

interface Engine {
  readonly connection: Pick<DatabaseOptions, 'url' | 'embedded'>;
  close(): Promise<void>;
}

/** The server of `DATABASE_URL`, migrated; without it, the embedded database. */
export async function configuredEngine(): Promise<Engine> {
  const { url, embedded, drop } = await createTestDatabase();
  return { connection: { url: url ?? undefined, embedded: embedded ?? undefined }, close: drop };
}

/** For the contract suites of the surrounding `describe`: one database, whose tables are emptied before each test. */
export function sqlStore(start: () => Promise<Engine>, storage: StorageDefinition): ContractSetup {
  let engine: Engine | undefined;
  let store: ContractStore | undefined;

  beforeAll(async () => {
    engine = await start();
    const connection = createDataSourceOptions({ ...engine.connection, entities: CASTELLAN_ENTITIES });
    store = await createContractStore({
      imports: [TypeOrmModule.forRoot({ ...connection, retryAttempts: 0 })],
      storage,
    });
  }, 60_000);
  afterAll(async () => {
    await store?.close?.();
    await engine?.close();
  });

  return async () => {
    if (!store) throw new Error('The database has not started.');
    await store.get(DataSource).query(EMPTY_TABLES);
    return { get: store.get };
  };
}
