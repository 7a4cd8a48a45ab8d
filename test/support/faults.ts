import pg from 'pg';
import { TEST_SECRETS, TEST_SIGNING_KEYS } from '../../src/testing/test-keys.js';
import { type StartedChild, startChild } from './child.js';

/** One statement on a connection of its own. */
export async function sql<Row extends pg.QueryResultRow>(url: string | null, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url ?? '' });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

/** The standalone app in a process of its own, without limits; what it logs above `info` is its output. */
export function faultChild(variables: Readonly<Record<string, string>>): Promise<StartedChild> {
  return startChild(faultVariables(variables));
}

export function faultVariables(variables: Readonly<Record<string, string>>): Record<string, string> {
  return {
    NODE_ENV: 'test',
    AUTH_SECRETS: TEST_SECRETS,
    AUTH_SIGNING_KEYS: TEST_SIGNING_KEYS,
    RATE_LIMIT_MULTIPLIER: '0',
    LOG_LEVEL: 'warn',
    DATA_DIR: '/nonexistent',
    ...variables,
  };
}

/** Ends every connection to a database but the caller's; what kill -9 of their process is to the server. */
export async function cutConnections(url: string | null): Promise<number> {
  const [row] = await sql<{ cut: number }>(
    url,
    'SELECT count(pg_terminate_backend(pid))::int AS cut FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  return row?.cut ?? 0;
}
