import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { OwnPostgres } from '../support/own-postgres.js';
import { OwnRedis } from '../support/own-redis.js';

/** `npm run test:faults` and `npm run test:pgbouncer`, which name their configuration of Jest: finds what the suite needs, starts a PostgreSQL and a Redis where `DATABASE_URL` and `REDIS_URL` name none, and runs it. */

function has(program: string, ...options: readonly string[]): boolean {
  return spawnSync(program, options, { stdio: 'ignore' }).error === undefined;
}

function missing(): string[] {
  if (!has('pg_config'))
    return [
      'PostgreSQL with its programs (Debian: postgresql, libpq-dev; or put its bin directory into PATH)',
    ];
  const directory = execFileSync('pg_config', ['--bindir'], { encoding: 'utf8' }).trim();
  return [
    ...['initdb', 'pg_ctl', 'pg_dump'].filter((name) => !has(join(directory, name), '--version')),
    ...(has('redis-server', '--version') ? [] : ['redis-server']),
  ];
}

function jest(variables: Readonly<Record<string, string>>): Promise<number> {
  const options = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const child = spawn(
    process.execPath,
    [...options, 'node_modules/jest/bin/jest.js', '--config', ...process.argv.slice(2)],
    { env: { ...process.env, ...variables }, stdio: 'inherit' },
  );
  // An interrupt is Jest's: what was started here is put away after it.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

async function run(): Promise<number> {
  const absent = missing();
  if (absent.length > 0) {
    process.stderr.write(`The fault suite kills servers of its own, and needs: ${absent.join(', ')}.\n`);
    return 1;
  }
  const own: { remove(): Promise<void> }[] = [];
  const variables: Record<string, string> = {};
  try {
    if (!process.env['DATABASE_URL']) {
      const postgres = await OwnPostgres.start();
      own.push(postgres);
      variables['DATABASE_URL'] = postgres.url;
    }
    if (!process.env['REDIS_URL']) {
      const redis = await OwnRedis.start();
      own.push({ remove: () => redis.down() });
      variables['REDIS_URL'] = redis.url;
    }
    for (const name of Object.keys(variables))
      process.stdout.write(`${name} is not set: a server is started for this run.\n`);
    return await jest(variables);
  } finally {
    for (const server of own) await server.remove();
  }
}

process.exitCode = await run();
