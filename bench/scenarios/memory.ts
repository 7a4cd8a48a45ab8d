import { setTimeout as sleep } from 'node:timers/promises';
import { load } from '../harness/load.js';
import { repeated, refreshes, STUBBED_HASH, STUBBED_PASSWORD, World } from '../harness/world.js';
import { QUICK } from './pace.js';
import { atMost, type Scenario } from './scenario.js';

const MINUTES = Number(process.env['BENCH_MEMORY_MINUTES'] ?? 30);
const MB = 1024 ** 2;
/** V8 gives back what the start took once nothing has happened for half a minute. */
const REST_MS = 90_000;

export const memory: Scenario = {
  name: 'memory',
  async run(server) {
    const world = await World.create(server, 1_000, STUBBED_PASSWORD);
    const app = await world.standalone({ adapter: 'express', modules: 'all', env: STUBBED_HASH });
    const started = (await app.usage()).rss / MB;
    await sleep(REST_MS);
    const atRest = (await app.usage()).rss / MB;
    const logins = world.logins();
    const minute = async (): Promise<number> => {
      // Anew each minute: no access token lives as long as this takes.
      const tokens = await world.signIn(app, QUICK.connections);
      const checks = repeated(
        '/auth/me',
        tokens.map(({ access }) => access),
      );
      const chains = refreshes(
        '/auth/refresh',
        tokens.map(({ refresh }) => refresh),
      );
      for (const traffic of [logins, checks, chains]) await load([app.port], traffic, QUICK.connections, 20);
      const rss = (await app.usage()).rss / MB;
      process.stderr.write(`${rss.toFixed(0)} MB\n`);
      return rss;
    };
    // The heap finds its size in the first minutes; what matters is whether it goes on growing.
    const readings: number[] = [];
    for (let at = 0; at < MINUTES; at += 1) readings.push(await minute());
    const third = Math.max(1, Math.floor(readings.length / 3));
    const mean = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    const growth = mean(readings.slice(-third)) / mean(readings.slice(third, 2 * third)) - 1;
    return {
      title: 'Memory',
      method: `Express, every module, PostgreSQL: ${started.toFixed(0)} MB as soon as it is ready, at rest ${REST_MS / 1000} s later. ${MINUTES} minutes of logins (the hash stubbed out), checks and refreshes; growth is the mean of the last third against that of the second. Resident set a minute, MB: ${readings.map((value) => value.toFixed(0)).join(', ')}.`,
      figures: [],
      targets: [
        atMost('resident set at rest', 150, atRest, ' MB'),
        atMost(`growth over ${MINUTES} minutes of load`, 10, growth * 100, ' %'),
      ],
    };
  },
};
