import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../src/castellan.schema.js';
import { CORE_REPOSITORIES } from '../src/modules/core/index.js';
import { createDataSourceOptions } from '../src/shared/persistence/data-source.js';
import { inMemoryStorage } from '../src/shared/persistence/in-memory-storage.js';
import type { StorageDefinition } from '../src/shared/persistence/storage.js';
import { TransactionRunner } from '../src/shared/persistence/transaction-runner.js';
import { typeormStorage } from '../src/shared/persistence/typeorm-storage.js';
import {
  type ContractSetup,
  type ContractStore,
  describeOutboxRepositories,
  describeSessionRepository,
  describeTokenRepositories,
  describeUserRepository,
} from '../src/testing/index.js';
import { createTestDatabase } from './support/database.js';

async function open(
  storage: StorageDefinition,
  imports: Parameters<typeof Test.createTestingModule>[0]['imports'],
  after: () => Promise<void>,
): Promise<ContractStore> {
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule, storage.module, ...(imports ?? [])],
    providers: storage.bind(CORE_REPOSITORIES),
  }).compile();
  await module.init();
  return {
    get: <T>(port: abstract new (...args: never[]) => T) => module.get<T>(port),
    transactions: module.get(TransactionRunner),
    close: async () => {
      await module.close();
      await after();
    },
  };
}

const onDatabase =
  (poolMax: number): ContractSetup =>
  async () => {
    const database = await createTestDatabase();
    const connection = createDataSourceOptions({
      url: database.url ?? undefined,
      embedded: database.embedded ?? undefined,
      entities: CASTELLAN_ENTITIES,
      poolMax,
    });
    return open(
      typeormStorage({ migrations: castellanMigrations() }),
      [TypeOrmModule.forRoot(connection)],
      () => database.drop(),
    );
  };

const STORES: Readonly<Record<string, ContractSetup>> = {
  'the in-memory store': () => open(inMemoryStorage(), [], () => Promise.resolve()),
  'the database': onDatabase(10),
  'the database with one connection': onDatabase(1),
};

for (const [name, setup] of Object.entries(STORES)) {
  describeUserRepository(name, setup);
  describeTokenRepositories(name, setup);
  describeSessionRepository(name, setup);
  describeOutboxRepositories(name, setup);
}
