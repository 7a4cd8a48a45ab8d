import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { CacheCounters, SessionRepository, UserRepository } from '../src/index.js';
import { createRedisClient } from '../src/shared/redis/redis-client.js';
import { type Account, logIn, meStatus, signUp } from './support/accounts.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { eventually, startTestApp, type TestApp } from './support/test-app.js';

const { REDIS_URL } = process.env;
/** A database of this suite alone. */
const REDIS_DATABASE = 11;
const CACHED = { SESSION_CACHE_MAX: '1000' };

/** A second, and what a busy machine adds. */
const withinASecond = (holds: () => Promise<boolean>): Promise<boolean> => eventually(holds, 25, 50);

const check = async (app: TestApp, token: string): Promise<number> =>
  (await app.api.patch('/me', { unknown: true }, { token })).status;

type End = (app: TestApp, account: Account, token: string) => Promise<unknown>;

/** Ways in which a session ends, or an account may not act any more. */
const ENDS: Readonly<Record<string, End>> = {
  'its logout': (app, _, token) => app.api.post('/logout', undefined, { token }),
  'a ban': (app, { id }) => users(app).ban(id, { at: new Date(), until: null, reason: null, by: null }),
  'its account switched off': (app, { id }) => users(app).setActive(id, false),
  'its account deleted': (app, { id }) => users(app).softDelete(id, new Date()),
  'its account removed': (app, { id }) => users(app).delete(id),
  'another password': (app, { id }) => users(app).setPassword(id, null),
  'a higher token version': (app, { id }) => users(app).raiseTokenVersion(id),
  'all sessions ended': (app, { id }) =>
    app.app.get(SessionRepository, { strict: false }).revokeAll(id, 'admin_revoke_all', new Date()),
};

function users(app: TestApp): UserRepository {
  return app.app.get(UserRepository, { strict: false });
}

const counts = (app: TestApp) => app.app.get(CacheCounters, { strict: false }).snapshot();

describe('Cached session checks on one node', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startTestApp({ env: CACHED });
  }, 60_000);
  afterAll(() => app.close());

  it('ask nobody, and count it', async () => {
    const account = await signUp(app);
    const { access } = await logIn(app, account);
    const before = counts(app)['session'];
    for (let request = 0; request < 5; request += 1) expect(await check(app, access)).toBe(400);
    expect(counts(app)['session']).toEqual({
      hits: (before?.hits ?? 0) + 4,
      misses: (before?.misses ?? 0) + 1,
    });
  });

  for (const [name, end] of Object.entries(ENDS)) {
    it(`never outlive ${name}`, async () => {
      for (let round = 0; round < 5; round += 1) {
        const account = await signUp(app);
        const { access } = await logIn(app, account);
        expect([await check(app, access), await check(app, access)]).toEqual([400, 400]);
        let ended = false;
        // Checks that are under way must not bring back what they have read before.
        const traffic = Array.from({ length: 4 }, async () => {
          while (!ended) await check(app, access);
        });
        await end(app, account, access);
        const after = await check(app, access);
        ended = true;
        await Promise.all(traffic);
        expect([after, await check(app, access)]).toEqual([401, 401]);
      }
    });
  }

  it('show an account as it is', async () => {
    const account = await signUp(app);
    const { access } = await logIn(app, account);
    for (const name of ['Ada', 'Countess']) {
      expect((await app.api.patch('/me', { name }, { token: access })).status).toBe(200);
      expect((await app.api.get('/me', { token: access })).body.name).toBe(name);
    }
    await users(app).setEmailVerified(account.id, true);
    expect((await app.api.get('/me', { token: access })).body.email_verified).toBe(true);
  });

  it('hear of what is changed past Castellan, within a second', async () => {
    const account = await signUp(app);
    const { access } = await logIn(app, account);
    expect(await check(app, access)).toBe(400);
    await app.sql('UPDATE castellan.users SET active = false WHERE id = $1', [account.id]);
    expect(await withinASecond(async () => (await check(app, access)) === 401)).toBe(true);
  });
});

const describeOnPostgres = onRealPostgres ? describe : describe.skip;
if (!onRealPostgres) process.stdout.write('Skipped, since they need PostgreSQL (DATABASE_URL): two nodes.\n');

const WIRES = [
  { wire: 'PostgreSQL alone', redis: false, env: {} },
  {
    wire: 'PostgreSQL without anything of a connection, as behind pgbouncer',
    redis: false,
    env: { DATABASE_PREPARED_STATEMENTS: 'off' },
  },
  ...(REDIS_URL ? [{ wire: 'Redis too', redis: true, env: {} }] : []),
] as const;

for (const { mode } of BOTH_MODES) {
  for (const { wire, redis: onRedis, env } of WIRES) {
    describeOnPostgres(`Two nodes over ${wire} [${mode}]`, () => {
      let database: TestDatabase;
      let nodes: [TestApp, TestApp];
      const clients: Redis[] = [];

      beforeAll(async () => {
        database = await createTestDatabase();
        const start = async (): Promise<TestApp> => {
          const redis = onRedis ? await createRedisClient(`${REDIS_URL}/${REDIS_DATABASE}`) : undefined;
          if (redis) clients.push(redis);
          return startTestApp({ mode, database, redis, env: { ...CACHED, ...env } });
        };
        nodes = [await start(), await start()];
      }, 60_000);

      afterAll(async () => {
        await Promise.all(nodes.map((node) => node.close()));
        for (const client of clients) client.disconnect();
        await database.drop();
      });

      it('agree within a second on whom to let pass, and at once where it was decided', async () => {
        const ends = mode === 'session' ? ENDS : { 'its logout': ENDS['its logout'] };
        for (const end of Object.values(ends)) {
          const first = randomInt(2);
          const [here, there] = [nodes[first], nodes[1 - first]];
          if (!here || !there || !end) throw new Error('unreachable');
          const account = await signUp(here);
          const { access } = await logIn(here, account);
          for (const node of [here, there, here, there]) expect(await check(node, access)).toBe(400);
          await end(here, account, access);
          expect(await check(here, access)).toBe(401);
          expect(await withinASecond(async () => (await check(there, access)) === 401)).toBe(true);
          expect(await meStatus(there, access)).toBe(401);
        }
        for (const node of nodes)
          expect(counts(node)[mode === 'session' ? 'session' : 'denylist']?.hits).toBeGreaterThan(0);
      }, 60_000);
    });
  }
}
