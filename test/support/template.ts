import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions, type DatabaseOptions } from '../../src/shared/persistence/data-source.js';
import { createEmbeddedDatabase } from '../../src/shared/persistence/embedded-database.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { databaseUrl, onServer } from '../global-setup.js';

/** Below the checkout, so that what is compiled there finds its packages. */
export const CACHE = join(process.cwd(), 'node_modules', '.cache', 'castellan');
const LOCK = 4_711_000_001;

/** Address of a database on the server of `DATABASE_URL`. */
export function urlOf(database: string): string {
  const url = new URL(databaseUrl ?? '');
  url.pathname = `/${database}`;
  return url.href;
}

/** Runs every migration. */
export async function migrate(connection: Pick<DatabaseOptions, 'url' | 'embedded'>): Promise<void> {
  const dataSource = await new DataSource(
    createDataSourceOptions({ ...connection, entities: [], poolMax: 1 }),
  ).initialize();
  try {
    await new MigrationRunner(dataSource, castellanMigrations()).up();
  } finally {
    await dataSource.destroy();
  }
}

/** Makes the migrated template database unless it is there; simultaneous callers wait for the first. */
export async function ensureTemplateDatabase(name: string): Promise<void> {
  await onServer(async (client) => {
    // Freed when the connection ends.
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (found.rowCount !== 0) return;
    const draft = `${name}_draft`;
    await client.query(`DROP DATABASE IF EXISTS "${draft}" WITH (FORCE)`);
    await client.query(`CREATE DATABASE "${draft}"`);
    await migrate({ url: urlOf(draft) });
    await client.query(`ALTER DATABASE "${draft}" RENAME TO "${name}"`);
  });
}

/** A migrated data directory of the embedded database, made once for each state of the migrations. */
export async function templateDataDirectory(): Promise<Blob> {
  mkdirSync(CACHE, { recursive: true });
  const file = join(CACHE, `pglite-${fingerprint()}.tar`);
  try {
    return new Blob([readFileSync(file)]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const embedded = await createEmbeddedDatabase();
  await migrate({ embedded });
  const dump = await embedded.pglite.dumpDataDir('none');
  await embedded.close();
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, Buffer.from(await dump.arrayBuffer()));
  renameSync(draft, file);
  return dump;
}

function fingerprint(): string {
  const hash = createHash('sha256');
  for (const entry of readdirSync('src/migrations', { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath, entry.name)));
  }
  hash
    .update(readFileSync('src/shared/persistence/migration-runner.ts'))
    .update(readFileSync('node_modules/@electric-sql/pglite/package.json'));
  return hash.digest('hex').slice(0, 16);
}
