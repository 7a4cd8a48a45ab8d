import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freshEmail, logIn, PASSWORD, refresh, signUp, signUpAndLogIn } from '../support/accounts.js';
import { faultChild, sql } from '../support/faults.js';
import { CuttingProxy } from '../support/cutting-proxy.js';
import { createTestDatabase } from '../support/database.js';
import { BOTH_MODES } from '../support/matrix.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { eventually, startTestApp } from '../support/test-app.js';
import { inexcusable, Traffic } from '../support/traffic.js';
import { TestClient } from '../../src/testing/test-client.js';

const CONSISTENCY = readFileSync('test/consistency.sql', 'utf8');
const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

describe('Connections killed in the middle of traffic (F2)', () => {
  it('lose nothing that was acknowledged, and disturb nobody else', async () => {
    const database = await createTestDatabase();
    cleanUp.push(() => database.drop());
    const child = await faultChild({ DATABASE_URL: database.url ?? '' });
    cleanUp.push(() => child.kill());
    const api = new TestClient(`${child.url}/auth`);
    const ada = { email: freshEmail(), password: PASSWORD };
    expect((await api.post('/signup', ada)).status).toBe(201);
    const { access_token: token } = (await api.post('/login', ada)).body;
    const made: string[] = [];
    const traffic = new Traffic(25, async (count) => {
      if (count % 5 !== 0) return api.get('/me', { token });
      const email = freshEmail('cut');
      const answer = await api.post('/signup', { email, password: PASSWORD });
      if (answer.status === 201) made.push(email);
      return answer;
    });
    const cuts: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      await sleep(1_000);
      cuts.push(performance.now());
      await sql(
        database.url,
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    }
    await sleep(1_000);
    const outcomes = await traffic.stop();
    expect(inexcusable(outcomes)).toEqual([]);
    // Under way at a cut, or sent in the half second after it.
    const outside = outcomes.filter(
      ({ at, took }) => !cuts.some((cut) => at < cut + 500 && at + took > cut - 50),
    );
    const served = outside.filter(({ status }) => status < 300).length;
    expect(outside.length).toBeGreaterThan(50);
    expect(served / outside.length).toBeGreaterThanOrEqual(0.99);
    const stored = new Set(
      (await sql<{ email: string }>(database.url, 'SELECT email FROM castellan.users')).map(
        ({ email }) => email,
      ),
    );
    expect(made.filter((email) => !stored.has(email))).toEqual([]);
    expect(await sql(database.url, CONSISTENCY)).toEqual([]);
    expect(child.output()).not.toMatch(/unhandled|uncaught/i);
  });
});

describe('A database that is restarted (F3)', () => {
  let postgres: OwnPostgres;
  beforeAll(async () => {
    postgres = await OwnPostgres.start();
  });
  afterAll(() => postgres.remove());

  for (const manner of ['fast', 'immediate'] as const) {
    it(`${manner}: is told by readiness, and no process ends`, async () => {
      const child = await faultChild({ DATABASE_URL: postgres.url });
      cleanUp.push(() => child.kill());
      const root = new TestClient(child.url);
      const api = new TestClient(`${child.url}/auth`);
      const made: string[] = [];
      const traffic = new Traffic(20, async (count) => {
        if (count % 4 !== 0) return root.get('/health/live');
        const email = freshEmail('restart');
        const answer = await api.post('/signup', { email, password: PASSWORD });
        if (answer.status === 201) made.push(email);
        return answer;
      });
      const live = new Traffic(10, () => root.get('/health/live'));
      const ready = async (status: number): Promise<boolean> =>
        (await root.get('/health/ready')).status === status;
      await sleep(2_000);
      postgres.down(manner);
      expect(await eventually(() => ready(503), 40)).toBe(true);
      await sleep(1_000);
      postgres.up();
      expect(await eventually(() => ready(200), 100)).toBe(true);
      await sleep(2_000);
      expect(inexcusable(await traffic.stop())).toEqual([]);
      expect((await live.stop()).filter(({ status }) => status !== 200)).toEqual([]);
      expect(made.length).toBeGreaterThan(5);
      const stored = new Set(
        (await sql<{ email: string }>(postgres.url, 'SELECT email FROM castellan.users')).map(
          ({ email }) => email,
        ),
      );
      expect(made.filter((email) => !stored.has(email))).toEqual([]);
      expect(await sql(postgres.url, CONSISTENCY)).toEqual([]);
      expect(child.output()).not.toMatch(/unhandled|uncaught/i);
      expect(await child.stop()).toBe(0);
    });
  }
});

for (const { mode } of BOTH_MODES) {
  describe(`A connection that breaks at the n-th packet of a refresh (F4) [${mode}]`, () => {
    it('leaves the old or the new token of use, never neither', async () => {
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const proxy = await CuttingProxy.before(database.url ?? '');
      cleanUp.push(() => proxy.close());
      const app = await startTestApp({
        mode,
        database: { ...database, url: proxy.url },
        env: { DATABASE_POOL_MAX: '2' },
      });
      cleanUp.push(() => app.close());
      const account = await signUp(app);
      await app.drainOutbox();
      let cuts = 0;
      for (let packet = 1; packet <= 40; packet += 1) {
        const session = await logIn(app, account);
        proxy.cutAt(packet);
        const answer = await refresh(app, session.refresh);
        if (proxy.disarm()) cuts += 1;
        expect([200, 503]).toContain(answer.status);
        // The background's connections may have been the one that broke.
        const token = answer.status === 200 ? answer.body.refresh_token : session.refresh;
        let again = await refresh(app, token);
        for (let attempt = 0; again.status === 503 && attempt < 5; attempt += 1) {
          await sleep(100);
          again = await refresh(app, token);
        }
        expect([packet, again.status]).toEqual([packet, 200]);
      }
      expect(cuts).toBeGreaterThan(3);
    });
  });
}

describe('A table that is locked (F5)', () => {
  it('costs its requests no more than the statement timeout, and nothing afterwards', async () => {
    const app = await startTestApp({ env: { DATABASE_STATEMENT_TIMEOUT_MS: '1000' } });
    cleanUp.push(() => app.close());
    const session = await signUpAndLogIn(app);
    const locker = new pg.Client({ connectionString: app.database.url ?? '' });
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE castellan.users IN ACCESS EXCLUSIVE MODE');
    const traffic = new Traffic(40, () => app.api.get('/me', { token: session.access }));
    await sleep(3_000);
    const outcomes = traffic.stop();
    await locker.query('ROLLBACK');
    await locker.end();
    const during = await outcomes;
    expect(inexcusable(during)).toEqual([]);
    expect(during.some(({ status }) => status === 503)).toBe(true);
    // Whoever waits for a connection first waits no longer for that than the acquire timeout.
    expect(Math.max(...during.map(({ took }) => took))).toBeLessThan(7_500);
    expect(
      await eventually(async () => (await app.api.get('/me', { token: session.access })).status === 200),
    ).toBe(true);
    const locks = await app.sql(
      "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'",
    );
    expect(locks).toEqual([]);
  });
});

describe('More logins at once than there is room for (F6)', () => {
  it('get an answer each, and leave no connection behind', async () => {
    const database = await createTestDatabase();
    cleanUp.push(() => database.drop());
    const child = await faultChild({
      DATABASE_URL: database.url ?? '',
      DATABASE_POOL_MAX: '10',
      LOCKOUT_MAX_ATTEMPTS: '100',
    });
    cleanUp.push(() => child.kill());
    const api = new TestClient(`${child.url}/auth`);
    const root = new TestClient(child.url);
    const accounts = Array.from({ length: 20 }, () => ({ email: freshEmail(), password: PASSWORD }));
    for (const account of accounts) expect((await api.post('/signup', account)).status).toBe(201);
    const [ada] = accounts;
    const health = new Traffic(10, () => root.get('/health/live'));
    const burst = await Promise.all(
      Array.from({ length: 500 }, (_, at) => api.post('/login', accounts[at % 20])),
    );
    const lives = await health.stop();
    const refused = burst.filter(({ status }) => status !== 200);
    for (const answer of refused)
      expect([answer.status, Number(answer.headers.get('retry-after')) > 0]).toEqual([503, true]);
    expect(burst.length - refused.length).toBeGreaterThan(0);
    expect(lives.every(({ status }) => status === 200)).toBe(true);
    const [connections] = await sql<{ n: number }>(
      database.url,
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'castellan'",
    );
    expect(connections?.n).toBeLessThanOrEqual(10);
    expect((await api.post('/login', ada)).status).toBe(200);
  });
});

describe('As many transactions as connections (F7)', () => {
  it('all finish: none asks for a second connection', async () => {
    for (const DATABASE_POOL_MAX of ['1', '3']) {
      const app = await startTestApp({ env: { DATABASE_POOL_MAX, DATABASE_ACQUIRE_TIMEOUT_MS: '20000' } });
      const statuses = await Promise.all(
        Array.from({ length: 12 }, async () => (await signUpAndLogIn(app)).id),
      );
      expect(new Set(statuses).size).toBe(12);
      await app.close();
    }
  });
});
