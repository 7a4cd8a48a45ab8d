import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { createRedisClient } from '../../src/shared/redis/redis-client.js';
import { freshEmail, logIn, meStatus, PASSWORD, signUp } from '../support/accounts.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { BOTH_MODES } from '../support/matrix.js';
import { OwnRedis } from '../support/own-redis.js';
import { SmtpSink } from '../support/smtp-sink.js';
import { eventually, startTestApp, type TestApp } from '../support/test-app.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

for (const { mode } of BOTH_MODES) {
  describe(`Redis that goes away (F8) [${mode}]`, () => {
    let redis: OwnRedis;
    let database: TestDatabase;
    let nodes: TestApp[];

    beforeEach(async () => {
      redis = await OwnRedis.start();
      cleanUp.push(() => redis.down());
      database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      nodes = [];
      for (let count = 0; count < 2; count += 1) {
        const client: Redis = await createRedisClient(redis.url);
        cleanUp.push(() => client.disconnect());
        const node = await startTestApp({
          mode,
          database,
          redis: client,
          env: { SESSION_CACHE_MAX: '100', RATE_LIMIT_MULTIPLIER: '0.1', LOCKOUT_MAX_ATTEMPTS: '100' },
        });
        cleanUp.push(() => node.close());
        nodes.push(node);
      }
    }, 60_000);

    const FAULTS: Readonly<Record<string, () => Promise<void>>> = {
      'is stopped': () => redis.down(),
      'is frozen': async () => redis.freeze(),
      'forgets everything': () => redis.flush(),
      'is restarted': async () => {
        await redis.down();
        await redis.up();
      },
    };

    for (const [name, fault] of Object.entries(FAULTS)) {
      it(`${name}: limits stay, and what was revoked stays so`, async () => {
        const [here, there] = nodes;
        if (!here || !there) throw new Error('unreachable');
        const account = await signUp(here);
        const [dead, alive] = [await logIn(here, account), await logIn(there, account)];
        expect(await meStatus(there, dead.access)).toBe(200);
        expect((await here.api.post('/logout', undefined, { token: dead.access })).status).toBe(204);
        await fault();
        expect(await meStatus(here, dead.access)).toBe(401);
        expect(await eventually(async () => (await meStatus(there, dead.access)) === 401, 25)).toBe(true);
        expect(await meStatus(there, alive.access)).toBe(200);
        // Six a minute for an address, on each node for itself at worst.
        for (const node of [here, there]) {
          const statuses: number[] = [];
          for (let attempt = 0; attempt < 8; attempt += 1)
            statuses.push(
              (await node.api.post('/login', { email: freshEmail(), password: PASSWORD })).status,
            );
          expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(6);
          expect(statuses.at(-1)).toBe(429);
        }
        // A revocation while Redis is away reaches the other node all the same.
        expect((await there.api.post('/logout', undefined, { token: alive.access })).status).toBe(204);
        expect(await eventually(async () => (await meStatus(here, alive.access)) === 401, 25)).toBe(true);
        redis.thaw();
      });
    }
  });
}

describe('A mail server that hangs (F9)', () => {
  it('holds no request up, and gets its mail later, once', async () => {
    const smtp = new SmtpSink();
    await smtp.hang();
    cleanUp.push(() => smtp.away());
    const app: TestApp = await startTestApp({ env: { SMTP_URL: smtp.url } });
    cleanUp.push(() => app.close());
    const account = await signUp(app);
    const answers = [];
    for (const email of [account.email, freshEmail()]) {
      const started = performance.now();
      const answer = await app.api.post('/password/forgot', { email });
      expect(performance.now() - started).toBeLessThan(1_000);
      answers.push([answer.status, answer.text]);
    }
    expect(answers[0]).toEqual(answers[1]);
    await sleep(500);
    expect(smtp.received).toEqual([]);
    await smtp.up();
    const resets = (): number => smtp.received.filter(({ subject }) => /password/i.test(subject)).length;
    expect(
      await eventually(
        async () => {
          await app.sql(
            'UPDATE castellan.outbox SET available_at = now() WHERE done_at IS NULL AND failed_at IS NULL',
          );
          return resets() > 0;
        },
        100,
        250,
      ),
    ).toBe(true);
    await sleep(1_500);
    expect(resets()).toBe(1);
    const ids = smtp.received.map(({ messageId }) => messageId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
