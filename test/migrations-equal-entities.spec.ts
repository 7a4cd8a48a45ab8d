import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../src/castellan.schema.js';
import { createDataSourceOptions } from '../src/shared/persistence/data-source.js';
import {
  createEmbeddedDatabase,
  type EmbeddedDatabase,
} from '../src/shared/persistence/embedded-database.js';
import { MigrationRunner } from '../src/shared/persistence/migration-runner.js';

describe('migrations', () => {
  let embedded: EmbeddedDatabase;
  let dataSource: DataSource;
  let runner: MigrationRunner;

  beforeAll(async () => {
    embedded = await createEmbeddedDatabase();
    dataSource = await new DataSource(
      createDataSourceOptions({ embedded, entities: CASTELLAN_ENTITIES }),
    ).initialize();
    runner = new MigrationRunner(dataSource, castellanMigrations());
  });

  afterAll(async () => {
    await dataSource.destroy();
    await embedded.close();
  });

  const tables = async (): Promise<string[]> =>
    (
      await dataSource.query<{ name: string }[]>(
        "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'castellan'",
      )
    ).map((row) => row.name);

  it('make the schema that the entities describe', async () => {
    await runner.up();
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);
  });

  it('do nothing the second time', async () => {
    await runner.up();
    expect((await runner.status()).every(({ applied }) => applied)).toBe(true);
  });

  it('can be taken back, and made again', async () => {
    await runner.down(castellanMigrations().flatMap(({ migrations }) => migrations).length);
    expect(await tables()).toEqual([]);
    await runner.up();
    expect((await tables()).length).toBeGreaterThan(8);
  });
});
