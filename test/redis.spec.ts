import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import type { Redis } from 'ioredis';
import { CORE_REPOSITORIES } from '../src/modules/core/core.repositories.js';
import { RedisTokenRepository } from '../src/modules/core/token/redis-token.repository.js';
import { TokenRepository } from '../src/modules/core/token/token.repository.js';
import { RedisEphemeralStore } from '../src/shared/ephemeral/redis-ephemeral-store.js';
import { describeEphemeralStore } from '../src/shared/ephemeral/ephemeral-store.contract.js';
import { RedisFanOut } from '../src/shared/fan-out/redis-fan-out.js';
import { RedisRateLimiter } from '../src/shared/rate-limit/redis-rate-limiter.js';
import { createRedisClient } from '../src/shared/redis/redis-client.js';
import { parseVariables } from '../src/app/env/env.js';
import { startApp } from '../src/app/start.js';
import { inMemoryStorage } from '../src/index.js';
import { describeTokenRepository } from '../src/testing/contract/token-repository.contract.js';
import { eventually, testVariables } from './support/test-app.js';
import { createTestAuth } from '../src/testing/create-test-auth.js';

const { REDIS_URL } = process.env;
/** A database of this suite alone, which it may empty. */
const DATABASE = 9;

const onRedis = REDIS_URL ? describe : describe.skip;

onRedis('on Redis', () => {
  let redis: Redis;

  beforeAll(async () => {
    redis = await createRedisClient(REDIS_URL ?? '');
    await redis.select(DATABASE);
  });
  afterAll(() => redis.quit());

  describeTokenRepository(
    'Redis',
    async () => {
      await redis.flushdb();
      const storage = inMemoryStorage({
        overrides: [{ provide: TokenRepository, useValue: new RedisTokenRepository(redis) }],
      });
      const module = await Test.createTestingModule({
        imports: [storage.module],
        providers: storage.bind(CORE_REPOSITORIES),
      }).compile();
      return { get: (port) => module.get(port, { strict: false }), close: () => module.close() };
    },
    { transactional: false },
  );

  describeEphemeralStore('Redis', async () => {
    await redis.flushdb();
    return { store: new RedisEphemeralStore(redis), advance: (milliseconds) => sleep(milliseconds) };
  });

  it('tells other nodes that there is news, and not oneself', async () => {
    const [one, two] = [new RedisFanOut(redis), new RedisFanOut(redis)];
    const heard = { one: 0, two: 0, other: 0 };
    one.subscribe('a', () => (heard.one += 1));
    two.subscribe('a', () => (heard.two += 1));
    two.subscribe('b', () => (heard.other += 1));
    // Whoever begins to listen looks once: there may have been news before.
    expect(await eventually(() => Promise.resolve(heard.one > 0 && heard.two > 0 && heard.other > 0))).toBe(
      true,
    );
    const before = { ...heard };
    for (let burst = 0; burst < 100; burst += 1) one.announce('a');
    expect(await eventually(() => Promise.resolve(heard.two > before.two))).toBe(true);
    await sleep(50);
    expect(heard).toEqual({ ...before, two: before.two + 1 });
    one.close();
    two.close();
  });

  it('counts one limit over many nodes, to the last one (C14)', async () => {
    await redis.flushdb();
    const other = await createRedisClient(REDIS_URL ?? '');
    await other.select(DATABASE);
    const nodes = [new RedisRateLimiter(redis), new RedisRateLimiter(other)];
    const window = { limit: 10, windowMs: 2_000 };
    const burst = await Promise.all(
      Array.from({ length: 200 }, (_, at) => nodes[at % 2]?.consume('burst', window)),
    );
    expect(burst.filter((verdict) => verdict?.allowed)).toHaveLength(10);
    for (const node of nodes) {
      const refused = await node.consume('burst', window);
      expect(refused).toEqual({ allowed: false, retryAfterMs: expect.any(Number) });
      expect(refused.retryAfterMs).toBeLessThanOrEqual(window.windowMs);
      expect((await node.consume('another', window)).allowed).toBe(true);
    }
    await sleep(window.windowMs + 50);
    for (const node of nodes) expect((await node.consume('burst', window)).allowed).toBe(true);
    other.disconnect();
  });

  it('keeps the secrets of an application whose accounts are in memory', async () => {
    await redis.flushdb();
    const auth = await createTestAuth({
      storage: inMemoryStorage({
        overrides: [{ provide: TokenRepository, useValue: new RedisTokenRepository(redis) }],
      }),
    });
    const ada = { email: 'ada@example.com', password: 'a gatehouse of 7 towers' };
    await auth.api.post('/signup', ada);
    await auth.drainOutbox();
    const token = auth.mailbox.lastToken(ada.email);
    const confirmed = await Promise.all(
      Array.from({ length: 20 }, () => auth.api.post('/email/verify/confirm', { token })),
    );
    expect(confirmed.filter(({ status }) => status === 200)).toHaveLength(1);
    await auth.close();
  });
});

describe('without Redis', () => {
  it('counts on this node while Redis is away, and serves no value', async () => {
    const redis = await createRedisClient('redis://127.0.0.1:1');
    const limiter = new RedisRateLimiter(redis);
    const burst = await Promise.all(
      Array.from({ length: 20 }, () => limiter.consume('n', { limit: 10, windowMs: 60_000 })),
    );
    expect(burst.filter(({ allowed }) => allowed)).toHaveLength(10);
    expect(burst.at(-1)?.retryAfterMs).toBeGreaterThan(50_000);
    await expect(new RedisEphemeralStore(redis).take('n')).rejects.toThrow();
    redis.disconnect();
  });
});

describe('an application on Redis', () => {
  const configuration = {
    ...testVariables(),
    PORT: '0',
    HOST: '127.0.0.1',
    STORE_BACKEND: 'hybrid',
    RATE_LIMIT_MULTIPLIER: '1',
  };

  onRedis('that is there', () => {
    it('is ready, counts together with other nodes, and keeps its secrets there', async () => {
      const variables = { ...configuration, REDIS_URL: `${REDIS_URL}/${DATABASE + 1}` };
      const nodes = await Promise.all([1, 2].map(() => startApp(parseVariables(variables))));
      const redis = await createRedisClient(variables.REDIS_URL);
      await redis.flushdb();
      const ready = await fetch(`${nodes[0]?.url}/health/ready`);
      expect(await ready.json()).toMatchObject({ status: 'ok', redis: { status: 'up' } });
      const forgot = (node: (typeof nodes)[number]): Promise<number> =>
        fetch(`${node.url}/auth/password/forgot`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: 'ada@example.com' }),
        }).then(({ status }) => status);
      const answers = [];
      for (const node of nodes) answers.push(await forgot(node));
      expect(answers).toEqual([202, 429]);
      await redis.flushdb();
      redis.disconnect();
      await Promise.all(nodes.map((node) => node.stop()));
    });
  });

  it('that is away: starts, is not ready, and limits all the same', async () => {
    const node = await startApp(parseVariables({ ...configuration, REDIS_URL: 'redis://127.0.0.1:1' }));
    const ready = await fetch(`${node.url}/health/ready`);
    expect([ready.status, await ready.json()]).toMatchObject([503, { redis: { status: 'down' } }]);
    await node.stop();
  });
});
