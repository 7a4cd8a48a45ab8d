import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { TestClient } from '../../src/testing/test-client.js';
import { Crowd } from '../support/crowd.js';
import { createTestDatabase } from '../support/database.js';
import { faultChild } from '../support/faults.js';
import { rateOf, report, Traffic } from '../support/traffic.js';

const cleanUp: (() => unknown)[] = [];
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});

describe('SIGTERM at 20 sign-ups and 30 other requests a second (F16)', () => {
  for (const HTTP_ADAPTER of ['express', 'fastify']) {
    it(`on ${HTTP_ADAPTER}: what came in is answered, what was acknowledged is there, and the exit is 0`, async () => {
      const database = await createTestDatabase();
      cleanUp.push(() => database.drop());
      const child = await faultChild({ DATABASE_URL: database.url ?? '', HTTP_ADAPTER });
      cleanUp.push(() => child.kill());
      const crowd = await Crowd.enter(new TestClient(`${child.url}/auth`));
      const signUps = new Traffic(20, () => crowd.signUp());
      const others = new Traffic(30, (count) => crowd.act(count * 20 + (count % 10) + 1));
      await sleep(4_000);
      const stopping = performance.now();
      const code = await child.stop();
      const took = performance.now() - stopping;
      const outcomes = [await signUps.stop(), await others.stop()].flat();
      const rate = rateOf(outcomes.filter(({ at }) => at < stopping));
      // Sent well before the signal: on its way through the process when it came.
      const inFlight = outcomes.filter(({ at, took: ms }) => at < stopping - 20 && at + ms > stopping);
      const longest = Math.max(0, ...inFlight.map(({ at, took: ms }) => at + ms - stopping));
      report(
        'F16',
        `${HTTP_ADAPTER}: exit ${code} after ${took.toFixed(0)} ms at ${rate.toFixed(0)}/s, ${inFlight.length} in flight, the last answered after ${longest.toFixed(0)} ms`,
      );
      expect(code).toBe(0);
      expect(took).toBeLessThan(10_000);
      expect(inFlight.length).toBeGreaterThan(0);
      expect(inFlight.filter(({ status }) => status === 0)).toEqual([]);
      expect(crowd.acknowledged).toBeGreaterThan(40);
      await crowd.expectSound(database.url);
    });
  }
});
