import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { freshEmail, logIn, meStatus, PASSWORD, refresh, signUp } from '../support/accounts.js';
import { runToEnd } from '../support/child.js';
import { createEmptyDatabase, createTestDatabase, type TestDatabase } from '../support/database.js';
import { faultVariables, sql } from '../support/faults.js';
import { startTestApp } from '../support/test-app.js';
import { migrate } from '../support/template.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await createEmptyDatabase();
  cleanUp.push(() => database.drop());
  return database;
}

/** The schema as text, without what differs between two dumps of one. */
function dump({ url }: TestDatabase): string {
  return execFileSync('pg_dump', ['-s', '-n', 'castellan', url ?? ''], { encoding: 'utf8' }).replace(
    /^(--.*|\\(un)?restrict .*|)\n/gm,
    '',
  );
}

const recorded = ({ url }: TestDatabase) =>
  sql<{ name: string }>(url, 'SELECT name FROM castellan.migrations ORDER BY id').then((rows) =>
    rows.map(({ name }) => name),
  );

async function migrateWithout(database: TestDatabase, last: number): Promise<void> {
  const dataSource = await new DataSource(
    createDataSourceOptions({ url: database.url ?? '', entities: [], poolMax: 1 }),
  ).initialize();
  const runner = new MigrationRunner(dataSource, castellanMigrations());
  await runner.up();
  await runner.down(last);
  await dataSource.destroy();
}

describe('A migration that is killed (F11)', () => {
  it('leaves nothing that the next one does not mend', async () => {
    const clean = await emptyDatabase();
    await migrate({ url: clean.url ?? '' });
    const expected = dump(clean);
    let killed = 0;
    for (let instant = 0; instant < 20; instant += 1) {
      const database = await emptyDatabase();
      const migrating = migrate({ url: database.url ?? '' }).then(
        () => false,
        () => true,
      );
      await sleep(10 + instant * 12);
      // What kill -9 of the process is to the server.
      await sql(
        database.url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
      if (await migrating) killed += 1;
      await migrate({ url: database.url ?? '' });
      expect(dump(database)).toBe(expected);
      expect(await recorded(database)).toEqual(await recorded(clean));
    }
    expect(killed).toBeGreaterThan(2);
  });
});

describe('Many nodes that migrate at once (F12)', () => {
  it('do it once, on an empty database and on one of an earlier version', async () => {
    for (const prepare of [
      () => Promise.resolve(),
      (database: TestDatabase) => migrateWithout(database, 3),
    ]) {
      for (const nodes of [2, 5]) {
        const database = await emptyDatabase();
        await prepare(database);
        await Promise.all(Array.from({ length: nodes }, () => migrate({ url: database.url ?? '' })));
        const names = await recorded(database);
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBe(castellanMigrations().flatMap(({ migrations }) => migrations).length);
      }
    }
  });
});

describe('An older node beside a newer schema (F13)', () => {
  it('goes on as before', async () => {
    const app = await startTestApp();
    cleanUp.push(() => app.close());
    const account = await signUp(app);
    const before = await logIn(app, account);
    // What a later version may do while this one runs: it adds, and takes nothing away.
    for (const table of ['users', 'session_families', 'sessions', 'tokens', 'outbox'])
      await sql(
        app.database.url,
        `ALTER TABLE castellan.${table} ADD COLUMN later text NOT NULL DEFAULT 'x'`,
      );
    const newer = await startTestApp({ database: app.database });
    for (const node of [app, newer]) {
      expect(await meStatus(node, before.access)).toBe(200);
      const session = await logIn(node, await signUp(node));
      expect((await refresh(node, session.refresh)).status).toBe(200);
      expect((await node.api.post('/password/forgot', { email: account.email })).status).toBe(202);
    }
    await newer.close();
  });
});

describe('A migration that fails (F14)', () => {
  it('ends the start with 1 and changes nothing', async () => {
    const database = await createTestDatabase();
    cleanUp.push(() => database.drop());
    const app = await startTestApp({ database });
    cleanUp.push(() => app.close());
    const account = await signUp(app);
    const names = await recorded(database);
    const last = names.at(-1);
    // As if the last two had not run, and the last one cannot.
    await sql(database.url, `DELETE FROM castellan.migrations WHERE name = '${last}'`);
    const [schema, ledger] = [dump(database), await recorded(database)];
    const { code, output } = await runToEnd(faultVariables({ DATABASE_URL: database.url ?? '', PORT: '0' }));
    expect([code, output]).toEqual([1, expect.stringContaining('cannot start')]);
    expect(dump(database)).toBe(schema);
    expect(await recorded(database)).toEqual(ledger);
    await logIn(app, account);
    expect((await app.api.post('/signup', { email: freshEmail(), password: PASSWORD })).status).toBe(201);
  });
});
