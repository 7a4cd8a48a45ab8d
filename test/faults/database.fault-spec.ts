import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Crowd } from '../support/crowd.js';
import { createTestDatabase } from '../support/database.js';
import { faultChild } from '../support/faults.js';
import { cutConnections } from '../support/sql.js';
import { OwnPostgres } from '../support/own-postgres.js';
import { inexcusable, rateOf, report, Traffic } from '../support/traffic.js';
import { TestClient } from '../../src/testing/test-client.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

describe('Connections killed 20 times in a minute at 50 requests a second (F2)', () => {
  it('lose nothing that was acknowledged, and disturb nobody else', async () => {
    const database = await createTestDatabase();
    cleanUp.push(() => database.drop());
    const child = await faultChild({ DATABASE_URL: database.url ?? '' });
    cleanUp.push(() => child.kill());
    const crowd = await Crowd.enter(new TestClient(`${child.url}/auth`));
    const traffic = new Traffic(50, crowd.act);
    const cuts: number[] = [];
    for (let round = 0; round < 20; round += 1) {
      await sleep(2_500 + Math.random() * 1_000);
      cuts.push(performance.now());
      await cutConnections(database.url);
    }
    await sleep(2_000);
    const outcomes = await traffic.stop();
    // Under way at a cut, or sent in the half second after it.
    const outside = outcomes.filter(
      ({ at, took }) => !cuts.some((cut) => at < cut + 500 && at + took > cut - 50),
    );
    const served = outside.filter(({ status }) => status < 300).length / outside.length;
    const failed = outcomes.filter(({ status }) => status >= 300).length;
    report(
      'F2',
      `${outcomes.length} requests, ${rateOf(outcomes).toFixed(1)}/s, ${failed} refused, ${(served * 100).toFixed(2)} % of ${outside.length} served away from a cut`,
    );
    expect(inexcusable(outcomes)).toEqual([]);
    expect(outcomes.filter(({ status }) => status === 401)).toEqual([]);
    expect(rateOf(outcomes)).toBeGreaterThan(45);
    expect(served).toBeGreaterThanOrEqual(0.99);
    await crowd.expectSound(database.url);
    await crowd.expectSessions();
    expect(child.output()).not.toMatch(/unhandled|uncaught/i);
  });
});

describe('A database that is restarted under 100 requests a second (F3)', () => {
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
      const crowd = await Crowd.enter(new TestClient(`${child.url}/auth`));
      const traffic = new Traffic(100, crowd.act);
      const live = new Traffic(10, () => root.get('/health/live'));
      /** Milliseconds until readiness answers so. */
      const readyIs = async (status: number): Promise<number> => {
        const started = performance.now();
        while ((await root.get('/health/ready')).status !== status) {
          if (performance.now() - started > 15_000) return Infinity;
          await sleep(20);
        }
        return performance.now() - started;
      };
      await sleep(5_000);
      const before = crowd.acknowledged;
      const [off] = await Promise.all([readyIs(503), postgres.down(manner)]);
      await sleep(1_000);
      await postgres.up();
      const on = await readyIs(200);
      await sleep(5_000);
      const outcomes = await traffic.stop();
      const lives = await live.stop();
      const served = outcomes.filter(({ status }) => status < 300).length;
      report(
        'F3',
        `${manner}: ${rateOf(outcomes).toFixed(1)}/s, readiness off after ${off.toFixed(0)} ms, on again ${on.toFixed(0)} ms after PostgreSQL, ${served} of ${outcomes.length} served`,
      );
      expect(off).toBeLessThan(2_000);
      expect(on).toBeLessThan(5_000);
      expect(inexcusable(outcomes)).toEqual([]);
      expect(outcomes.filter(({ status }) => status === 401)).toEqual([]);
      expect(rateOf(outcomes)).toBeGreaterThan(90);
      expect(lives.filter(({ status }) => status !== 200)).toEqual([]);
      expect(crowd.acknowledged - before).toBeGreaterThan(10);
      await crowd.expectSound(postgres.url);
      await crowd.expectSessions();
      expect(child.output()).not.toMatch(/unhandled|uncaught/i);
      expect(await child.stop()).toBe(0);
    });
  }
});
