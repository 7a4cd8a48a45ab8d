import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { databaseUrl } from '../global-setup.js';
import { freshEmail, logIn, PASSWORD, signUp } from '../support/accounts.js';
import { launch, runToEnd, startChild } from '../support/child.js';
import { compiled } from '../support/compiled.js';
import {
  copyDatabase,
  createEmptyDatabase,
  createTestDatabase,
  type TestDatabase,
} from '../support/database.js';
import { faultChild, faultVariables } from '../support/faults.js';
import { sql } from '../support/sql.js';
import { startTestApp } from '../support/test-app.js';
import { migrate } from '../support/template.js';
import { report } from '../support/traffic.js';

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
  return execFileSync('pg_dump', ['-s', url ?? ''], { encoding: 'utf8' }).replace(
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

/** Of four migrations ago, with accounts in it. */
async function earlierDatabase(): Promise<TestDatabase> {
  const app = await startTestApp();
  cleanUp.push(() => app.database.drop());
  for (let count = 0; count < 3; count += 1) await signUp(app);
  await app.app.close();
  await migrateWithout(app.database, 4);
  return app.database;
}

/** When the migrating transaction of a start begins and ends, seen from the server. */
class MigrationWatch {
  private constructor(
    private readonly client: pg.Client,
    private readonly database: string,
  ) {}

  static async of({ url }: TestDatabase): Promise<MigrationWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new MigrationWatch(client, new URL(url ?? '').pathname.slice(1));
  }

  async until(running: boolean): Promise<number> {
    const text = `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND application_name = 'castellan' AND backend_xid IS NOT NULL`;
    while (((await this.client.query(text, [this.database])).rowCount ?? 0) > 0 !== running) await sleep(1);
    return performance.now();
  }

  close(): Promise<void> {
    return this.client.end();
  }
}

describe('kill -9 of a process that migrates (F11)', () => {
  const CASES = {
    'an empty database, at 10 instants': [10, emptyDatabase],
    'one of an earlier version with accounts, at 10 instants': [10, earlierDatabase],
  } as const;

  for (const [name, [instants, prepare]] of Object.entries(CASES)) {
    it(`${name}: the next start mends it, to the byte`, async () => {
      const prepared = await prepare();
      const entry = await compiled('main');
      const variables = ({ url }: TestDatabase) => faultVariables({ DATABASE_URL: url ?? '' });
      const accounts = ({ url }: TestDatabase) => sql(url, 'SELECT * FROM castellan.users ORDER BY id');

      const clean = await copyDatabase(prepared);
      cleanUp.push(() => clean.drop());
      const watch = await MigrationWatch.of(clean);
      const first = startChild(variables(clean), entry);
      const began = await watch.until(true);
      const lasts = (await watch.until(false)) - began;
      await watch.close();
      await (await first).stop();
      const expected = [dump(clean), await recorded(clean), await accounts(clean)];

      let cut = 0;
      for (let instant = 0; instant < instants; instant += 1) {
        const database = await copyDatabase(prepared);
        const before = dump(database);
        const eye = await MigrationWatch.of(database);
        const doomed = launch(variables(database), entry);
        await eye.until(true);
        await sleep((lasts * instant) / instants);
        doomed.child.kill('SIGKILL');
        await doomed.exited;
        await eye.until(false);
        await eye.close();
        // All of it or nothing: one transaction.
        const left = dump(database);
        expect([before, expected[0]]).toContain(left);
        if (left === before) cut += 1;
        const child = await startChild(variables(database), entry);
        expect(await child.stop()).toBe(0);
        expect([dump(database), await recorded(database), await accounts(database)]).toEqual(expected);
        await database.drop();
      }
      report('F11', `${name}: ${cut} of ${instants} kills cut the migration of ${lasts.toFixed(0)} ms off`);
      expect(cut).toBeGreaterThan(instants / 4);
    });
  }
});

describe('Many nodes that migrate at once, ten times over (F12)', () => {
  it('do it once, on an empty database and on one of an earlier version', async () => {
    const all = castellanMigrations().flatMap(({ migrations }) => migrations).length;
    const earlier = await emptyDatabase();
    await migrateWithout(earlier, 4);
    for (const prepared of [await emptyDatabase(), earlier]) {
      for (const nodes of [2, 5]) {
        for (let trial = 0; trial < 10; trial += 1) {
          const database = await copyDatabase(prepared);
          await Promise.all(Array.from({ length: nodes }, () => migrate({ url: database.url ?? '' })));
          const names = await recorded(database);
          expect([new Set(names).size, names.length]).toEqual([all, all]);
          await database.drop();
        }
      }
    }
  });

  it('become ready, five of them', async () => {
    const database = await emptyDatabase();
    const nodes = await Promise.all(
      Array.from({ length: 5 }, () => faultChild({ DATABASE_URL: database.url ?? '' })),
    );
    cleanUp.push(...nodes.map((node) => () => node.kill()));
    for (const { url, output } of nodes) {
      expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(output()).not.toMatch(/error|unhandled|uncaught/i);
    }
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
    const { code, output } = await runToEnd(faultVariables({ DATABASE_URL: database.url ?? '' }));
    expect([code, output]).toEqual([1, expect.stringContaining('cannot start')]);
    expect(dump(database)).toBe(schema);
    expect(await recorded(database)).toEqual(ledger);
    await logIn(app, account);
    expect((await app.api.post('/signup', { email: freshEmail(), password: PASSWORD })).status).toBe(201);
  });
});
