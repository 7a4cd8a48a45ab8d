import { join } from 'node:path';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DynamicModule } from '@nestjs/common';
import {
  CASTELLAN_ENTITIES,
  createDataSourceOptions,
  createEmbeddedDatabase,
  type EmbeddedDatabase,
} from '../../../src/index.js';
import { User } from './customers/user.entity.js';
import { SHOP_MIGRATIONS } from './migrations/index.js';
import { Order } from './orders/order.entity.js';
import type { Settings } from './settings/settings.js';

export interface ShopDatabase {
  readonly module: DynamicModule;
  /** Lets go of what the DataSource does not own. */
  close(): Promise<void>;
}

/**
 * The host's one DataSource: its own entities and Castellan's, its own migrations with its own ledger. On a server it is plain TypeORM; the embedded
 * PostgreSQL is there so that the example runs without one.
 */
export function shopDatabase(settings: Settings, given?: EmbeddedDatabase): ShopDatabase {
  const { databaseUrl, dataDirectory } = settings;
  let embedded = given;
  const module = TypeOrmModule.forRootAsync({
    useFactory: async () => {
      if (!databaseUrl)
        embedded ??= await createEmbeddedDatabase({
          directory: dataDirectory && join(dataDirectory, 'database'),
        });
      return {
        ...createDataSourceOptions({
          url: databaseUrl,
          embedded,
          entities: [User, Order, ...CASTELLAN_ENTITIES],
          applicationName: 'shop',
        }),
        schema: 'public',
        migrations: SHOP_MIGRATIONS,
        migrationsTableName: 'shop_migrations',
        retryAttempts: 0,
      };
    },
  });
  return { module, close: async () => (given ? undefined : embedded?.close()) };
}
