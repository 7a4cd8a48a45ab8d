import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '../../src/testing/test-client.js';
import { freshEmail, PASSWORD } from '../support/accounts.js';
import type { StartedChild } from '../support/child.js';
import { Crowd } from '../support/crowd.js';
import { createTestDatabase } from '../support/database.js';
import { faultChild } from '../support/faults.js';
import { sql } from '../support/sql.js';
import { inexcusable, quantile, rateOf, report, Traffic } from '../support/traffic.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

const MINUTE = 60_000;
/** The figure of the requirements is 30; the ordinary run takes what shows a gross fault. */
const SOAK_MS = Number(process.env['FAULT_SOAK_MINUTES'] ?? 0.75) * MINUTE;
const LAG_MS = 20_000;

/** Resident memory in MB. */
function memoryOf({ pid }: StartedChild): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** 99th percentile since the last look, in milliseconds. */
async function lagOf(root: TestClient): Promise<number> {
  const { text } = await root.get('/metrics');
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)$/m.exec(text)?.[1]) * 1_000;
}

/** What lies about and ended more than a day ago, which the sweep forgets. */
const EXPIRED = `SELECT
  (SELECT count(*) FROM castellan.session_families WHERE expires_at < now() - interval '2 days')
  + (SELECT count(*) FROM castellan.tokens WHERE expires_at < now() - interval '2 days')
  + (SELECT count(*) FROM castellan.outbox WHERE done_at < now() - interval '2 days') AS n`;

/** All sessions but the first of each account, every secret, every mail that was sent but one for each account (consistency.sql counts them): as if of last week. */
const AGE = `
  UPDATE castellan.session_families f SET created_at = created_at - interval '7 days', expires_at = now() - interval '7 days'
    WHERE EXISTS (SELECT 1 FROM castellan.session_families n WHERE n.user_id = f.user_id AND n.id <> f.id AND n.created_at < f.created_at);
  UPDATE castellan.tokens SET created_at = created_at - interval '7 days', expires_at = now() - interval '7 days';
  UPDATE castellan.outbox SET created_at = created_at - interval '7 days', done_at = done_at - interval '7 days' 
    WHERE done_at IS NOT NULL AND id NOT IN (SELECT id FROM castellan.outbox WHERE topic = 'mail' ORDER BY id LIMIT (SELECT count(*) FROM castellan.users));`;

describe(`A long while under load (F17): ${SOAK_MS / MINUTE} min at 50/s`, () => {
  it(
    'grows no memory, and cleans up',
    async () => {
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const child = await faultChild({ DATABASE_URL: database.url ?? '', SESSION_CACHE_MAX: '1000' });
      cleanUp.push(() => child.kill());
      const crowd = await Crowd.enter(new TestClient(`${child.url}/auth`));
      const expired = async (): Promise<number> =>
        Number((await sql<{ n: string }>(database.url, EXPIRED))[0]?.n);
      const traffic = new Traffic(50, crowd.act);
      await sleep(SOAK_MS / 3);
      const warm = memoryOf(child);
      await sql(database.url, AGE);
      const aged = await expired();
      // Its highest from there on, not what a collection happened to leave at the end.
      let highest = 0;
      for (let look = 0; look < 20; look += 1) {
        await sleep(SOAK_MS / 30);
        highest = Math.max(highest, memoryOf(child));
      }
      const last = memoryOf(child);
      const outcomes = await traffic.stop();
      report(
        'F17',
        `${outcomes.length} requests, ${rateOf(outcomes).toFixed(1)}/s, ${warm.toFixed(0)} MB warm, ${last.toFixed(0)} MB at the end, ${highest.toFixed(0)} MB at most, ${aged} rows expired`,
      );
      expect(inexcusable(outcomes)).toEqual([]);
      expect(outcomes.filter(({ status }) => status === 401)).toEqual([]);
      expect([aged > 50, await expired()]).toEqual([true, 0]);
      await crowd.expectSound(database.url);
      await crowd.expectSessions();
      // A collector that has not come yet is no leak: a short run says less than a long one.
      expect(last / warm).toBeLessThan(SOAK_MS >= 10 * MINUTE ? 1.1 : 1.5);
    },
    SOAK_MS + MINUTE,
  );
});

describe('The event loop at 20 logins a second (F17)', () => {
  it('is free: hashes are computed beside it', async () => {
    const database = await createTestDatabase();
    cleanUp.push(() => database.drop());
    const child = await faultChild({
      DATABASE_URL: database.url ?? '',
      METRICS: 'on',
      LOCKOUT_MAX_ATTEMPTS: '100',
    });
    cleanUp.push(() => child.kill());
    const root = new TestClient(child.url);
    const api = new TestClient(`${child.url}/auth`);
    const ada = { email: freshEmail(), password: PASSWORD };
    expect((await api.post('/signup', ada)).status).toBe(201);
    const traffic = new Traffic(20, () => api.post('/login', ada));
    const live = new Traffic(10, () => root.get('/health/live'));
    await sleep(2_000);
    await lagOf(root);
    await sleep(LAG_MS);
    const lag = await lagOf(root);
    const outcomes = await traffic.stop();
    const waits = await live.stop();
    report(
      'F17',
      `event-loop lag p99 ${lag.toFixed(0)} ms at ${rateOf(outcomes).toFixed(1)} logins/s, ${outcomes.filter(({ status }) => status === 200).length} of ${outcomes.length} served, login p99 ${quantile(outcomes, 0.99).toFixed(0)} ms, liveness p99 ${quantile(waits, 0.99).toFixed(0)} ms`,
    );
    expect(inexcusable(outcomes)).toEqual([]);
    // Twenty hashes a second are more than a core: a machine that is at other work refuses some. What counts is that the loop is free meanwhile.
    expect(outcomes.some(({ status }) => status === 200)).toBe(true);
    expect(lag).toBeLessThan(100);
    expect(lag).toBeGreaterThan(0);
  });
});
