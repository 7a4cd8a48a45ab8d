import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type MigrationInterface, type QueryRunner } from 'typeorm';
import {
  CASTELLAN_ENTITIES,
  castellanMigrations,
  createDataSourceOptions,
  createEmbeddedDatabase,
  Storage,
  typeormStorage,
} from '../src/index.js';
import { assertOwnLedger, readMigrations } from '../src/cli/migrations.js';
import { createTestAuth } from '../src/testing/index.js';
import { createEmptyDatabase, onRealPostgres } from './support/database.js';

const CASTELLAN = castellanMigrations().flatMap(({ migrations }) => [...migrations]);

/** A host's table from before it had Castellan. */
class Orders1700000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE orders (id int PRIMARY KEY)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE orders');
  }
}

/** One that is younger than Castellan's, and has run before Castellan came. */
class Invoices1980000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE TABLE invoices (id int PRIMARY KEY)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP TABLE invoices');
  }
}

/** And one that refers to accounts. */
class OrderOwners1990000000000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders ADD COLUMN owner uuid REFERENCES castellan.users (id)');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('ALTER TABLE orders DROP COLUMN owner');
  }
}

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** What a host passes to its own DataSource; the ledger is `public.migrations`. */
async function hostOptions() {
  if (!onRealPostgres) {
    const embedded = await createEmbeddedDatabase();
    closing.push(() => embedded.close());
    return optionsFor({ embedded });
  }
  const database = await createEmptyDatabase();
  closing.push(() => database.drop());
  return optionsFor({ url: database.url ?? undefined });
}

function optionsFor(connection: Pick<Parameters<typeof createDataSourceOptions>[0], 'url' | 'embedded'>) {
  return {
    ...createDataSourceOptions({ ...connection, entities: CASTELLAN_ENTITIES }),
    schema: 'public',
    migrations: [Orders1700000000000, ...CASTELLAN, Invoices1980000000000, OrderOwners1990000000000],
  };
}

async function tables(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(
    "SELECT format('%s.%s', table_schema, table_name) AS name FROM information_schema.tables WHERE table_schema IN ('public', 'castellan') ORDER BY 1",
  );
  return rows.map(({ name }) => name);
}

async function hasSchema(dataSource: DataSource): Promise<boolean> {
  const [row] = await dataSource.query<{ found: boolean }[]>(
    "SELECT to_regnamespace('castellan') IS NOT NULL AS found",
  );
  return row?.found === true;
}

describe('Castellan’s migrations in a host’s ledger', () => {
  it('run with TypeORM’s own runMigrations, and back', async () => {
    const options = await hostOptions();
    const dataSource = await new DataSource(options).initialize();
    closing.push(() => dataSource.destroy());
    expect(await dataSource.showMigrations()).toBe(true);
    const ran = await dataSource.runMigrations();
    expect(ran.map(({ name }) => name)).toEqual(options.migrations.map(({ name }) => name));
    expect(await dataSource.showMigrations()).toBe(false);
    expect(await dataSource.runMigrations()).toEqual([]);

    const found = await tables(dataSource);
    expect(found).toEqual(expect.arrayContaining(['castellan.users', 'public.migrations', 'public.orders']));
    expect(found).not.toContain('castellan.migrations');
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    expect(upQueries.map(({ query }) => query)).toEqual([]);

    for (let step = 0; step < options.migrations.length; step += 1) await dataSource.undoLastMigration();
    expect(await tables(dataSource)).toEqual(['public.migrations']);
    expect(await hasSchema(dataSource)).toBe(false);
  });

  it('catch up in a database whose host has migrated further', async () => {
    const { migrations, ...options } = await hostOptions();
    const early = [Orders1700000000000, Invoices1980000000000];
    const before = await new DataSource({ ...options, migrations: early }).initialize();
    await before.runMigrations();
    await before.destroy();
    const dataSource = await new DataSource({ ...options, migrations }).initialize();
    closing.push(() => dataSource.destroy());
    expect((await dataSource.runMigrations()).map(({ name }) => name)).toEqual(
      [...CASTELLAN, OrderOwners1990000000000].map(({ name }) => name),
    );
  });

  it('carry an application that never calls Storage.migrate', async () => {
    const options = await hostOptions();
    const auth = await createTestAuth({
      imports: [TypeOrmModule.forRoot({ ...options, migrationsRun: true, retryAttempts: 0 })],
      storage: typeormStorage({ migrations: [] }),
    });
    closing.push(() => auth.close());
    const ada = { email: 'ada@example.com', password: 'a gatehouse of 7 towers' };
    expect((await auth.api.post('/signup', ada)).status).toBe(201);
    const login = await auth.api.post('/login', ada);
    expect((await auth.api.get('/me', { token: login.body.access_token })).status).toBe(200);

    // And where somebody calls it all the same, it has nothing to do.
    const storage = auth.app.get(Storage, { strict: false });
    await storage.migrate();
    expect(await storage.status()).toEqual([]);
    const report = await readMigrations(auth.app);
    expect([report.ledger, new Set(report.migrations.map(({ state }) => state))]).toEqual([
      'host',
      new Set(['applied']),
    ]);
    expect(report.migrations.map(({ name }) => name)).toEqual(CASTELLAN.map(({ name }) => name));
    expect(() => assertOwnLedger(report)).toThrow('in its TypeORM ledger');
    expect(await tables(auth.app.get(DataSource, { strict: false }))).not.toContain('castellan.migrations');
  });
});
