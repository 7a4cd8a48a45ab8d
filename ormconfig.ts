import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from './src/castellan.schema.js';
import { createDataSourceOptions } from './src/shared/persistence/data-source.js';
import { CREATE_SCHEMA } from './src/shared/persistence/schema.js';

/** TypeORM makes its ledger before the first migration, in a schema that has to be there. */
class CommandLineDataSource extends DataSource {
  override async initialize(): Promise<this> {
    await super.initialize();
    await this.query(CREATE_SCHEMA);
    return this;
  }
}

/**
 * The DataSource for TypeORM's command line: `npm run typeorm -- migration:show`. It needs `DATABASE_URL`: the embedded database belongs to the process
 * that runs it. Its ledger is the one that `Storage.migrate()` writes.
 */
export default new CommandLineDataSource({
  ...createDataSourceOptions({ url: process.env['DATABASE_URL'], entities: CASTELLAN_ENTITIES }),
  migrations: castellanMigrations().flatMap(({ migrations }) => [...migrations]),
});
