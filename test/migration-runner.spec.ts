import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import { castellanMigrations } from '../src/castellan.schema.js';
import { createDataSourceOptions } from '../src/shared/persistence/data-source.js';
import { createEmbeddedDatabase } from '../src/shared/persistence/embedded-database.js';
import { MigrationRunner, NotMigratedError } from '../src/shared/persistence/migration-runner.js';
import type { MigrationGroup } from '../src/shared/persistence/storage.js';
import { onServer } from './global-setup.js';
import { createEmptyDatabase, onRealPostgres, type TestDatabase } from './support/database.js';

const CORE = 'CoreFoundation1764000000000';
const CORE_ALONE = castellanMigrations([]).flatMap(({ migrations }) => migrations.map(({ name }) => name));
const ALL = castellanMigrations().flatMap(({ migrations }) => migrations.map(({ name }) => name));

/** Of a host; says when it runs, and takes its time. */
class HostTable1990000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      'CREATE TABLE public.host_table (account_id uuid REFERENCES castellan.users (id))',
    );
    await queryRunner.query('SELECT pg_sleep(0.1)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE public.host_table');
  }
}

/** Fails after it has done something. */
class Failing1990000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE castellan.half_done (id int)');
    await queryRunner.query('SELECT 1 FROM castellan.there_is_none');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE castellan.there_is_none');
  }
}

const HOST: MigrationGroup = { module: 'host', migrations: [HostTable1990000000000] };
const FAILING: MigrationGroup = { module: 'failing', migrations: [Failing1990000000001] };

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Nothing in it, not even the schema. */
async function emptyDatabase(): Promise<TestDatabase> {
  if (onRealPostgres) {
    const database = await createEmptyDatabase();
    closing.push(() => database.drop());
    return database;
  }
  const embedded = await createEmbeddedDatabase();
  const close = (): Promise<void> => embedded.close();
  closing.push(close);
  return { url: null, embedded, drop: close, takeAway: close };
}

/** An instance that has just started. */
async function instance(database: TestDatabase, role?: string): Promise<DataSource> {
  const as = role === undefined ? '' : `?options=-c%20role%3D${role}`;
  const url = database.url === null ? undefined : `${database.url}${as}`;
  const connection = { url, embedded: database.embedded ?? undefined };
  const dataSource = await new DataSource(
    createDataSourceOptions({ ...connection, entities: [] }),
  ).initialize();
  closing.push(() => dataSource.destroy());
  return dataSource;
}

async function ledger(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    'SELECT name FROM castellan.migrations ORDER BY id',
  );
  return rows.map(({ name }) => name);
}

/** Everything that is not PostgreSQL's own, nor an extension's. */
async function contents(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(`
    SELECT format('%s %s', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'castellan')
    UNION ALL SELECT format('%s %s()', n.nspname, p.proname) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname IN ('public', 'castellan')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    UNION ALL SELECT format('schema %s', nspname) FROM pg_namespace WHERE nspname = 'castellan' ORDER BY 1`);
  return rows.map(({ name }) => name);
}

describe(MigrationRunner.name, () => {
  it.each([2, 5])('migrates an empty database once, by %i instances at once', async (count) => {
    const database = await emptyDatabase();
    const instances = await Promise.all(
      Array.from({ length: onRealPostgres ? count : 1 }, () => instance(database)),
    );
    const runners = Array.from({ length: count }, (_, index) => {
      const dataSource = instances[index % instances.length];
      if (!dataSource) throw new Error('There is one.');
      return new MigrationRunner(dataSource, [...castellanMigrations(), HOST]);
    });
    await Promise.all(runners.map((runner) => runner.up()));
    const [first] = instances;
    expect(first && (await ledger(first))).toEqual([...ALL, HostTable1990000000000.name]);
    for (const runner of runners) expect((await runner.status()).every(({ applied }) => applied)).toBe(true);
  });

  it('records each migration once, however often it runs, and says which are missing', async () => {
    const dataSource = await instance(await emptyDatabase());
    const core = new MigrationRunner(dataSource, castellanMigrations([]));
    const all = new MigrationRunner(dataSource, castellanMigrations());
    expect((await all.status()).map(({ applied }) => applied)).toEqual(ALL.map(() => false));
    await core.up();
    expect(await ledger(dataSource)).toEqual(CORE_ALONE);
    expect((await all.status()).filter(({ applied }) => applied).map(({ name }) => name)).toEqual(CORE_ALONE);
    for (let run = 0; run < 3; run += 1) await all.up();
    expect(await ledger(dataSource)).toEqual(ALL);
    expect(await all.status()).toContainEqual({ module: 'core', name: CORE, applied: true });
    // What the ledger has beside, no module here knows.
    const unknown = (await core.status()).filter(({ module }) => module === null);
    expect(unknown.map(({ name }) => name)).toEqual(ALL.filter((name) => !CORE_ALONE.includes(name)));
  });

  it('goes back to a migration, once for all who tell it at once', async () => {
    const dataSource = await instance(await emptyDatabase());
    const runner = new MigrationRunner(dataSource, castellanMigrations());
    expect(await runner.up()).toEqual(ALL);
    const to = ALL.at(-3) ?? '';
    const runs = await Promise.all([runner.down({ to }), runner.down({ to })]);
    expect(runs.filter((names) => names.length > 0)).toEqual([[ALL.at(-1), ALL.at(-2)]]);
    expect(await ledger(dataSource)).toEqual(ALL.slice(0, -2));
    await expect(runner.down({ to: ALL.at(-1) ?? '' })).rejects.toThrow(NotMigratedError);
    expect(await runner.down(1)).toEqual([to]);
  });

  it('leaves the database as it was where one of the migrations fails', async () => {
    const dataSource = await instance(await emptyDatabase());
    const before = await contents(dataSource);
    const failing = new MigrationRunner(dataSource, [...castellanMigrations(), FAILING]);
    await expect(failing.up()).rejects.toThrow('there_is_none');
    expect(await contents(dataSource)).toEqual(before);

    const right = new MigrationRunner(dataSource, castellanMigrations());
    await right.up();
    const migrated = await contents(dataSource);
    await expect(failing.up()).rejects.toThrow('there_is_none');
    expect(await contents(dataSource)).toEqual(migrated);
    expect(await ledger(dataSource)).toEqual(ALL);
  });

  it('takes back step by step, and in the end everything', async () => {
    const dataSource = await instance(await emptyDatabase());
    const empty = await contents(dataSource);
    const runner = new MigrationRunner(dataSource, [...castellanMigrations(), HOST]);
    await runner.up();
    await runner.down(1);
    expect(await ledger(dataSource)).toEqual(ALL);
    const steps: string[][] = [];
    for (let step = 0; step < ALL.length - 1; step += 1) {
      await runner.down(1);
      steps.push(await ledger(dataSource));
    }
    expect(steps).toEqual(ALL.slice(1).map((_, index) => ALL.slice(0, ALL.length - 1 - index)));
    await runner.down(1);
    expect(await contents(dataSource)).toEqual(empty);
    await runner.down(1);
    expect(await contents(dataSource)).toEqual(empty);

    await runner.up();
    expect(await ledger(dataSource)).toEqual([...ALL, HostTable1990000000000.name]);
  });

  it('keeps what was applied where taking back fails', async () => {
    const dataSource = await instance(await emptyDatabase());
    await new MigrationRunner(dataSource, castellanMigrations()).up();
    await dataSource.query('CREATE TABLE public.mine (account_id uuid REFERENCES castellan.users (id))');
    const before = await contents(dataSource);
    await expect(new MigrationRunner(dataSource, castellanMigrations()).down(99)).rejects.toThrow('users');
    expect(await contents(dataSource)).toEqual(before);
    expect(await ledger(dataSource)).toEqual(ALL);
  });

  it('finds the extension in whatever schema it is', async () => {
    const dataSource = await instance(await emptyDatabase());
    await dataSource.query('CREATE SCHEMA "of extensions"');
    await dataSource.query('CREATE EXTENSION pg_trgm SCHEMA "of extensions"');
    await new MigrationRunner(dataSource, castellanMigrations()).up();
    const [index] = await dataSource.query<{ text: string }[]>(
      "SELECT pg_get_indexdef('castellan.users_search'::regclass) AS text",
    );
    expect(index?.text).toContain('"of extensions".gin_trgm_ops');
  });

  (onRealPostgres ? it : it.skip)('says who has to make the extension where the user may not', async () => {
    const database = await emptyDatabase();
    const administrator = await instance(database);
    const role = `castellan_test_${randomUUID().slice(0, 8)}`;
    await administrator.query(`CREATE ROLE ${role}`);
    closing.push(() => onServer(async (client) => void (await client.query(`DROP ROLE ${role}`))));
    closing.push(() => database.drop());
    await administrator.query(`CREATE SCHEMA castellan AUTHORIZATION ${role}`);
    const runner = new MigrationRunner(await instance(database, role), castellanMigrations());
    await expect(runner.up()).rejects.toMatchObject({
      code: '42501',
      message: expect.stringContaining('CREATE EXTENSION pg_trgm'),
    });
    await administrator.query('CREATE EXTENSION pg_trgm');
    await runner.up();
    expect((await runner.status()).every(({ applied }) => applied)).toBe(true);
  });

  it('leaves a schema with something else in it', async () => {
    const dataSource = await instance(await emptyDatabase());
    await dataSource.query('CREATE SCHEMA castellan');
    await dataSource.query('CREATE TABLE castellan.mine (id int)');
    const before = await contents(dataSource);
    const runner = new MigrationRunner(dataSource, castellanMigrations());
    await runner.up();
    await runner.down(ALL.length);
    expect(await contents(dataSource)).toEqual(before);
  });
});
