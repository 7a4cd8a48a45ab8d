/**
 * The benchmarks, one command; names choose scenarios:
 *
 *     DATABASE_URL=postgres://postgres@127.0.0.1:5432/postgres npm run bench [-- name …]
 *
 * Needs Linux (`taskset`), two cores and a PostgreSQL server; writes docs/performance/benchmarks.md.
 */
import 'reflect-metadata';
import { dropDatabases } from './harness/bench-database.js';
import { keep, writeReport } from './harness/report.js';
import { endServers } from './harness/server-process.js';
import { SCENARIOS } from './scenarios/scenarios.js';

const server = process.env['DATABASE_URL'];
if (!server) throw new Error('DATABASE_URL has to name a PostgreSQL server.');
const names = process.argv.slice(2);
const unknown = names.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknown.length > 0)
  throw new Error(
    `No scenario is called ${unknown.join(', ')}. There are: ${SCENARIOS.map(({ name }) => name).join(', ')}.`,
  );

async function cleanUp(): Promise<void> {
  await endServers();
  await dropDatabases();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void cleanUp().finally(() => process.exit(1)));

try {
  for (const scenario of SCENARIOS) {
    if (names.length > 0 && !names.includes(scenario.name)) continue;
    process.stderr.write(`${new Date().toISOString()} ${scenario.name}\n`);
    const section = await scenario.run(server);
    await cleanUp();
    await keep(scenario.name, section);
  }
  await writeReport(SCENARIOS.map(({ name }) => name));
} finally {
  await cleanUp();
}
