/**
 * Loads one million users and ten million audit records into a database of its own, and writes what PostgreSQL does for the lists of both to
 * docs/performance/listing.md. Needs `psql`, about 15 GB, and some twenty minutes:
 *
 *     DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run bench:listing
 */
import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import { copyInto, RECORD_COLUMNS, recordsSelect, USER_COLUMNS, usersSelect } from './load.js';
import { questionsOf } from './questions.js';
import { writeReport } from './report.js';

const USERS = Number(process.env['BENCH_USERS'] ?? 1_000_000);
const RECORDS = Number(process.env['BENCH_RECORDS'] ?? 10_000_000);
const REPORT = 'docs/performance/listing.md';

const server = process.env['DATABASE_URL'];
if (!server) throw new Error('DATABASE_URL has to name a PostgreSQL server.');
const name = `castellan_listing_${process.pid}`;
const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;

const note = (text: string): void => void process.stderr.write(`${new Date().toISOString()} ${text}\n`);

await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
try {
  const dataSource = new DataSource(
    createDataSourceOptions({ url, entities: CASTELLAN_ENTITIES, poolMax: 2, statementTimeoutMs: 0 }),
  );
  await dataSource.initialize();
  try {
    await new MigrationRunner(dataSource, castellanMigrations()).up();
    await withClient(url, load);
    const context = new TypeOrmContext(dataSource, { preparedStatements: false });
    await withClient(url, async (client) => {
      const report = await writeReport(client, await questionsOf(context, USERS), {
        users: USERS,
        records: RECORDS,
      });
      writeFileSync(REPORT, report.text);
      note(report.scans === 0 ? `wrote ${REPORT}` : `wrote ${REPORT}; ${report.scans} sequential scans`);
    });
  } finally {
    await dataSource.destroy();
  }
} finally {
  await withClient(server, (client) => client.query(`DROP DATABASE ${name} WITH (FORCE)`));
}

/** Indexes are made at the end, which takes a fraction of the time. */
async function load(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS definition FROM pg_index
     WHERE indrelid IN ('castellan.users'::regclass, 'castellan.audit_logs'::regclass) AND NOT indisprimary`,
  );
  for (const index of rows) await client.query(`DROP INDEX ${index.name}`);
  note(`${USERS} users`);
  await copyInto(url, 'castellan.users', USER_COLUMNS, usersSelect(USERS));
  note(`${RECORDS} audit records`);
  await copyInto(url, 'castellan.audit_logs', RECORD_COLUMNS, recordsSelect(RECORDS, USERS));
  note(`${rows.length} indexes`);
  await client.query(`SET maintenance_work_mem = '512MB'`);
  for (const index of rows) await client.query(index.definition);
  await client.query('VACUUM (ANALYZE) castellan.users');
  await client.query('VACUUM (ANALYZE) castellan.audit_logs');
}

async function withClient<T>(target: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: target });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
