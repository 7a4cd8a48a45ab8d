import type pg from 'pg';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import { copyInto } from './load.js';
import { rowsOf, type Sizes } from './rows.js';
import { withClient } from '../harness/with-client.js';

/** What the questions need of a loaded database. */
export interface Loaded {
  readonly client: pg.Client;
  readonly context: TypeOrmContext;
}

export interface Target {
  readonly server: string;
  readonly name: string;
  /** Left as it is where it is there, and not dropped at the end. */
  readonly kept: boolean;
  readonly sizes: Sizes;
  readonly note: (text: string) => void;
}

/** Runs `work` on a migrated and loaded database. */
export async function withDatabase(target: Target, work: (loaded: Loaded) => Promise<void>): Promise<void> {
  const { server, name, kept } = target;
  const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const exists = await withClient(server, async (client) => {
    const { rows } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rows.length === 0) await client.query(`CREATE DATABASE "${name}"`);
    return rows.length > 0;
  });
  if (exists && !kept) throw new Error(`There is a database ${name} already.`);
  try {
    const dataSource = await new DataSource(
      createDataSourceOptions({ url, entities: CASTELLAN_ENTITIES, poolMax: 2, statementTimeoutMs: 0 }),
    ).initialize();
    try {
      await new MigrationRunner(dataSource, castellanMigrations()).up();
      if (!exists) await withClient(url, (client) => load(client, url, target));
      const context = new TypeOrmContext(dataSource, { preparedStatements: false });
      await withClient(url, (client) => work({ client, context }));
    } finally {
      await dataSource.destroy();
    }
  } finally {
    if (!kept) await withClient(server, (client) => client.query(`DROP DATABASE "${name}" WITH (FORCE)`));
  }
}

/** Indexes are made at the end, which takes a fraction of the time. */
async function load(client: pg.Client, url: string, { sizes, note }: Target): Promise<void> {
  const rows = rowsOf(sizes);
  const tables = [...new Set(rows.map(({ table }) => `castellan.${table}`))];
  const { rows: indexes } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid = ANY($1::regclass[]) AND NOT indisprimary AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [tables],
  );
  for (const index of indexes) await client.query(`DROP INDEX ${index.name}`);
  for (const { table, columns, select } of rows) {
    note(table);
    await copyInto(url, `castellan.${table}`, columns, select);
  }
  note(`${indexes.length} indexes`);
  await client.query(`SET maintenance_work_mem = '512MB'`);
  for (const index of indexes) await client.query(index.definition);
  for (const table of tables) await client.query(`VACUUM (ANALYZE) ${table}`);
}
