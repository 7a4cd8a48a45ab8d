import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../harness/rounds.js';
import { EVERY_CORE, ServerProcess } from '../harness/server-process.js';
import { World } from '../harness/world.js';
import { atMost, type Scenario } from './scenario.js';

const STARTS = 3;

export const readiness: Scenario = {
  name: 'readiness',
  async run(server) {
    const world = await World.create(server, 10);
    const {
      DATABASE_URL: _embedded,
      AUTH_MODULES: _all,
      ...env
    } = world.castellanEnv({ adapter: 'express' });
    const first: number[] = [];
    const later: number[] = [];
    const postgres: number[] = [];
    for (let start = 0; start < STARTS; start += 1) {
      const directory = mkdtempSync(join(tmpdir(), 'castellan-bench-'));
      try {
        first.push(await secondsToReady({ ...env, DATA_DIR: directory }));
        later.push(await secondsToReady({ ...env, DATA_DIR: directory }));
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
      postgres.push(await secondsToReady({ ...env, DATABASE_URL: world.database.url }));
    }
    return {
      title: 'Readiness',
      method: `\`node dist/main.js\` to the first 200 of \`/health/ready\`, every module, Express, on both cores; the median of ${STARTS} starts.`,
      figures: [],
      targets: [
        atMost('embedded database, first start', 8, median(first), ' s'),
        atMost('embedded database, later start', 3, median(later), ' s'),
        atMost('PostgreSQL', 2, median(postgres), ' s'),
      ],
    };
  },
};

async function secondsToReady(env: Readonly<Record<string, string>>): Promise<number> {
  const server = await ServerProcess.start(
    { script: 'dist/main.js', env, readyPath: '/health/ready' },
    EVERY_CORE,
  );
  try {
    return server.readyAfterMs / 1000;
  } finally {
    await server.stop();
  }
}
