import { join } from 'node:path';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../castellan.schema.js';
import { createDataSourceOptions } from '../shared/persistence/data-source.js';
import { createEmbeddedDatabase } from '../shared/persistence/embedded-database.js';
import { inMemoryStorage } from '../shared/persistence/in-memory-storage.js';
import type { StorageDefinition } from '../shared/persistence/storage.js';
import { typeormStorage } from '../shared/persistence/typeorm-storage.js';
import type { DynamicModule } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisTokenRepository, TokenRepository } from '../modules/core/index.js';
import type { Env } from './env/env.js';
import { schemaModulesOf } from './features.js';

export interface AppDatabase {
  readonly description: string;
  readonly storage: StorageDefinition;
  /** The module of the DataSource; `null` where nothing is kept in a database. */
  readonly module: DynamicModule | null;
  /** Lets go of what the process holds beyond the DataSource. */
  close(): Promise<void>;
}

/** Opens what the environment names: a server, the embedded database, or memory. */
export async function openDatabase(env: Env, redis: Redis | null): Promise<AppDatabase> {
  if (env.STORE_BACKEND !== 'sql') {
    const secrets = env.STORE_BACKEND === 'hybrid' ? redis : null;
    return {
      description: `memory: everything is gone at the end${secrets ? ', but for single-use secrets in Redis' : ''}`,
      storage: inMemoryStorage({
        overrides: secrets ? [{ provide: TokenRepository, useValue: new RedisTokenRepository(secrets) }] : [],
      }),
      module: null,
      close: () => Promise.resolve(),
    };
  }
  const storage = typeormStorage({
    migrations: castellanMigrations(schemaModulesOf(env)),
    preparedStatements: env.DATABASE_PREPARED_STATEMENTS,
    maxRetries: env.DATABASE_MAX_RETRIES,
  });
  if (env.DATABASE_URL) {
    return {
      description: `PostgreSQL at ${new URL(env.DATABASE_URL).host}`,
      storage,
      module: dataSource(env, { url: env.DATABASE_URL, replicaUrls: env.DATABASE_REPLICA_URLS }),
      close: () => Promise.resolve(),
    };
  }
  const directory = join(env.DATA_DIR, 'database');
  const embedded = await createEmbeddedDatabase({ directory });
  return {
    description: `embedded PostgreSQL in ${directory}`,
    storage,
    module: dataSource(env, { embedded }),
    close: () => embedded.close(),
  };
}

type Connection =
  | { url: string; replicaUrls: readonly string[] }
  | { embedded: Awaited<ReturnType<typeof createEmbeddedDatabase>> };

function dataSource(env: Env, connection: Connection): DynamicModule {
  return TypeOrmModule.forRoot({
    ...createDataSourceOptions({
      ...connection,
      entities: CASTELLAN_ENTITIES,
      poolMax: env.DATABASE_POOL_MAX,
      statementTimeoutMs: env.DATABASE_STATEMENT_TIMEOUT_MS,
      acquireTimeoutMs: env.DATABASE_ACQUIRE_TIMEOUT_MS,
      idleTimeoutMs: env.DATABASE_IDLE_TIMEOUT_MS,
      applicationName: 'castellan',
    }),
    retryAttempts: 0,
  });
}
