import { Logger } from '@nestjs/common';
import type { DataSourceOptions, EntityTarget, ObjectLiteral } from 'typeorm';
import type { EmbeddedDatabase } from './embedded-database.js';

type PostgresOptions = Extract<DataSourceOptions, { type: 'postgres' }>;

export interface DatabaseOptions {
  /** PostgreSQL server. */
  readonly url?: string;
  /** Read replicas of that server. Listings go there, and nothing else. @default none */
  readonly replicaUrls?: readonly string[];
  /** Or the embedded database. */
  readonly embedded?: EmbeddedDatabase;
  readonly entities: readonly EntityTarget<ObjectLiteral>[];
  /** @default 10 */
  readonly poolMax?: number;
  /** @default 5000 */
  readonly statementTimeoutMs?: number;
  /** How long a request waits for a connection. @default 5000 */
  readonly acquireTimeoutMs?: number;
  /** @default 30000 */
  readonly idleTimeoutMs?: number;
  readonly applicationName?: string;
}

/** Options of a TypeORM DataSource that keeps a service alive: bounded waits, and a pool that survives lost connections. */
export function createDataSourceOptions(options: DatabaseOptions): PostgresOptions {
  const logger = new Logger('Database');
  const { url, replicaUrls = [] } = options;
  return {
    type: 'postgres',
    url,
    // Whatever does not ask for a replica goes to the primary: no decision is made on what may be out of date.
    ...(replicaUrls.length > 0 && {
      replication: {
        defaultMode: 'master',
        master: { url },
        slaves: replicaUrls.map((replica) => ({ url: replica })),
      },
    }),
    driver: options.embedded?.driver,
    entities: options.entities as PostgresOptions['entities'],
    synchronize: false,
    installExtensions: false,
    migrationsTableName: 'migrations',
    schema: 'castellan',
    poolSize: options.poolMax ?? 10,
    applicationName: options.applicationName,
    connectTimeoutMS: options.acquireTimeoutMs ?? 5_000,
    poolErrorHandler: (error: unknown) =>
      logger.warn(`An idle connection was lost: ${error instanceof Error ? error.message : String(error)}`),
    extra: {
      statement_timeout: options.statementTimeoutMs ?? 5_000,
      idleTimeoutMillis: options.idleTimeoutMs ?? 30_000,
      keepAlive: true,
    },
  };
}
