import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { CacheCounters } from '../src/index.js';
import { AccountChangeFeed } from '../src/modules/core/account-change/account-change.feed.js';
import { DenylistFeed } from '../src/modules/stateless/denylist-feed.js';
import type { Poller } from '../src/shared/feed/poller.js';
import { createRedisClient } from '../src/shared/redis/redis-client.js';
import { logIn, signUp } from './support/accounts.js';
import { createTestDatabase, onRealPostgres, type TestDatabase } from './support/database.js';
import { BOTH_MODES } from './support/matrix.js';
import { startTestApp, type TestApp } from './support/test-app.js';

const { REDIS_URL } = process.env;
/** A database of this suite alone. */
const REDIS_DATABASE = 12;

const describeWithBoth = onRealPostgres && REDIS_URL ? describe : describe.skip;
if (!onRealPostgres || !REDIS_URL)
  process.stdout.write(
    'Skipped, since they need PostgreSQL and Redis (DATABASE_URL, REDIS_URL): the two ways of a revocation.\n',
  );

for (const { mode } of BOTH_MODES) {
  describeWithBoth(`A revocation on its way to another node [${mode}]`, () => {
    const cleanUp: (() => unknown)[] = [];
    let database: TestDatabase;

    beforeEach(async () => {
      database = await createTestDatabase();
      cleanUp.push(() => database.drop());
    });
    afterEach(async () => {
      for (const step of cleanUp.splice(0).reverse()) await step();
    });

    const start = async (onRedis: boolean): Promise<TestApp> => {
      const redis: Redis | undefined = onRedis
        ? await createRedisClient(`${REDIS_URL}/${REDIS_DATABASE}`)
        : undefined;
      if (redis) cleanUp.push(() => redis.disconnect());
      const node = await startTestApp({ mode, database, redis, env: { SESSION_CACHE_MAX: '1000' } });
      cleanUp.push(() => node.close());
      return node;
    };

    const pollerOf = ({ app }: TestApp): Poller =>
      Reflect.get(
        app.get<object>(mode === 'session' ? AccountChangeFeed : DenylistFeed, { strict: false }),
        'poller',
      ) as Poller;

    const check = async (node: TestApp, token: string): Promise<number> =>
      (await node.api.patch('/me', { unknown: true }, { token })).status;

    const hits = ({ app }: TestApp): number =>
      app.get(CacheCounters, { strict: false }).snapshot()[mode === 'session' ? 'session' : 'denylist']
        ?.hits ?? 0;

    /** Milliseconds from the end of a logout on one node to the refusal on the other, which vouches for the token out of its memory when it begins. */
    const travel = async (here: TestApp, there: TestApp, polls: boolean): Promise<number> => {
      const { access } = await logIn(here, await signUp(here));
      const poller = pollerOf(there);
      expect(await check(there, access)).toBe(400);
      if (!polls) {
        await poller.stop();
        // As if it had just looked: what is older than a second, no cache answers from.
        await poller.poll();
      }
      const before = hits(there);
      expect([await check(there, access), hits(there)]).toEqual([400, before + 1]);
      expect((await here.api.post('/logout', undefined, { token: access })).status).toBe(204);
      const ended = performance.now();
      while ((await check(there, access)) !== 401) {
        if (performance.now() - ended > 5_000) throw new Error('It never arrives.');
        await sleep(5);
      }
      return performance.now() - ended;
    };

    it('arrives by PostgreSQL alone within a second', async () => {
      const [here, there] = [await start(false), await start(false)];
      for (let round = 0; round < 5; round += 1) expect(await travel(here, there, true)).toBeLessThan(1_000);
    });

    it('arrives by Redis alone, however slowly the store is looked at', async () => {
      const [here, there] = [await start(true), await start(true)];
      expect(await travel(here, there, false)).toBeLessThan(500);
    });

    it('without either stays away for as long as the memory counts, and no longer than a second', async () => {
      const [here, there] = [await start(false), await start(false)];
      const took = await travel(here, there, false);
      expect(took).toBeGreaterThan(500);
      expect(took).toBeLessThan(1_250);
    });
  });
}
