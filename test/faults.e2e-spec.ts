import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { castellanMigrations } from '../src/castellan.schema.js';
import { Storage } from '../src/shared/persistence/storage.js';
import { TestClient } from '../src/testing/test-client.js';
import { TEST_SECRETS, TEST_SIGNING_KEYS } from '../src/testing/test-keys.js';
import {
  freshEmail,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  signUp,
  signUpAndLogIn,
} from './support/accounts.js';
import { startChild } from './support/child.js';
import { createEmptyDatabase, createTestDatabase, onRealPostgres } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';
import { sql } from './support/sql.js';
import { migrate } from './support/template.js';

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres) process.stdout.write('Skipped, since they need PostgreSQL (DATABASE_URL): faults.\n');

describeOnPostgres('Migrations', () => {
  it('run once, however many instances start at once on an empty database (F12)', async () => {
    const database = await createEmptyDatabase();
    try {
      await Promise.all(Array.from({ length: 5 }, () => migrate({ url: database.url ?? '' })));
      const rows = await sql<{ name: string }>(
        database.url,
        'SELECT name FROM castellan.migrations ORDER BY id',
      );
      const expected = castellanMigrations().flatMap(({ migrations }) =>
        migrations.map((migration) => migration.name),
      );
      expect(rows.map(({ name }) => name)).toEqual(expected);
    } finally {
      await database.drop();
    }
  }, 60_000);

  it('are taken back and run again, and nothing is left between', async () => {
    const app = await startTestApp();
    try {
      const storage = app.app.get(Storage, { strict: false });
      const before = await storage.status();
      expect(before.every(({ applied }) => applied)).toBe(true);
      await storage.rollback(before.length);
      expect((await storage.status()).some(({ applied }) => applied)).toBe(false);
      const left = await app.sql(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'castellan' AND tablename <> 'migrations'",
      );
      expect(left).toEqual([]);
      await storage.migrate();
      await signUp(app);
    } finally {
      await app.close();
    }
  }, 60_000);
});

for (const cell of BOTH_MODES) {
  describeOnPostgres(`Lost connections [${cell.mode}]`, () => {
    let app: TestApp;

    beforeAll(async () => {
      app = await startTestApp(cell);
    }, 60_000);

    afterAll(async () => {
      await app?.close();
    });

    const cutAll = () =>
      sql<{ cut: number }>(
        app.database.url,
        'SELECT count(pg_terminate_backend(pid))::int AS cut FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );

    it('harm nobody who was not on one of them (F1)', async () => {
      const session = await signUpAndLogIn(app);
      for (let round = 0; round < 3; round += 1) {
        const [row] = await cutAll();
        expect(row?.cut).toBeGreaterThan(0);
        // The pool hears of it by its sockets.
        await sleep(100);
        expect(await meStatus(app, session.access)).toBe(200);
        await logIn(app, session);
      }
    });

    it('in the middle of traffic give 503 or an answer, and no half of anything', async () => {
      const acknowledged: string[] = [];
      const unexpected: string[] = [];
      let running = true;
      const traffic = Array.from({ length: 4 }, async () => {
        for (let request = 0; running && request < 500; request += 1) {
          const email = freshEmail('cut');
          const answer = await app.api.post('/signup', { email, password: PASSWORD });
          if (answer.status === 201) acknowledged.push(email);
          else if (answer.status !== 503 || !answer.headers.get('content-type')?.includes('problem+json'))
            unexpected.push(`${answer.status} ${answer.text}`);
        }
      });
      for (let round = 0; round < 10; round += 1) {
        await sleep(50 + round * 7);
        await cutAll();
      }
      running = false;
      await Promise.all(traffic);
      await sleep(100);
      expect(unexpected).toEqual([]);
      expect(acknowledged.length).toBeGreaterThan(10);
      const found = await app.sql<{ email: string }>(
        'SELECT email FROM castellan.users WHERE email LIKE $1',
        ['cut%'],
      );
      const stored = new Set(found.map(({ email }) => email));
      expect(acknowledged.filter((email) => !stored.has(email))).toEqual([]);
      expect(await app.sql(readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    }, 60_000);

    it('leave the old or the new refresh token of use, never neither', async () => {
      const account = await signUp(app);
      for (let round = 0; round < 10; round += 1) {
        const session = await logIn(app, account);
        const [answer] = await Promise.all([refresh(app, session.refresh), sleep(round).then(cutAll)]);
        expect([200, 503]).toContain(answer.status);
        await sleep(100);
        const token = answer.status === 200 ? answer.body.refresh_token : session.refresh;
        expect((await refresh(app, token)).status).toBe(200);
      }
    }, 60_000);
  });
}

describeOnPostgres('kill -9 during sign-ups (F10)', () => {
  it('loses nothing that was acknowledged, and leaves no half of anything', async () => {
    const database = await createTestDatabase();
    const acknowledged: string[] = [];
    try {
      for (let round = 0; round < 3; round += 1) {
        const child = await startChild({
          NODE_ENV: 'test',
          DATABASE_URL: database.url ?? '',
          AUTH_SECRETS: TEST_SECRETS,
          AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
          RATE_LIMIT_MULTIPLIER: '0',
          LOG_LEVEL: 'fatal',
          DATA_DIR: '/nonexistent',
        });
        const api = new TestClient(`${child.url}/auth`);
        let dead = false;
        const traffic = Array.from({ length: 8 }, async () => {
          for (let request = 0; !dead && request < 500; request += 1) {
            const answer = await api
              .post('/signup', { email: freshEmail('kill'), password: PASSWORD })
              .catch(() => null);
            if (answer?.status === 201) acknowledged.push(answer.body.user.id);
          }
        });
        const before = acknowledged.length;
        expect(await eventually(() => Promise.resolve(acknowledged.length >= before + 5), 400)).toBe(true);
        await sleep(round * 23);
        await child.kill();
        dead = true;
        await Promise.all(traffic);
      }
      const stored = new Set(
        (await sql<{ id: string }>(database.url, 'SELECT id FROM castellan.users')).map(({ id }) => id),
      );
      expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
      expect(await sql(database.url, readFileSync('test/consistency.sql', 'utf8'))).toEqual([]);
    } finally {
      await database.drop();
    }
  }, 120_000);
});
