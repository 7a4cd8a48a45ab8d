import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from './src/castellan.schema.js';
import { createDataSourceOptions } from './src/shared/persistence/data-source.js';

/**
 * The DataSource for TypeORM's command line: `npm run typeorm -- migration:show`. It needs `DATABASE_URL`: the embedded database belongs to the process
 * that runs it.
 */
export default new DataSource({
  ...createDataSourceOptions({ url: process.env['DATABASE_URL'], entities: CASTELLAN_ENTITIES }),
  migrations: castellanMigrations().flatMap(({ migrations }) => [...migrations]),
});
