import pg from 'pg';

// Jest loads this file outside of its test environment and as CommonJS: it imports nothing of ours.

export const TEMPLATE_VARIABLE = 'CASTELLAN_TEST_TEMPLATE';
const PREFIX = 'castellan_test_template_';

export const databaseUrl: string | undefined = process.env['DATABASE_URL'] || undefined;

function templateName(pid: number): string {
  return `${PREFIX}${pid}`;
}

/** Name of a clone; it tells whose it is, so that the teardown finds it. */
export function clonePrefix(template: string): string {
  return `castellan_test_db_${template.slice(PREFIX.length)}_`;
}

/** One connection to the server's own database. */
export async function onServer<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Drops a template and its clones. */
async function dropTemplate(template: string): Promise<void> {
  if (databaseUrl === undefined) return;
  await onServer(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname = $1 OR starts_with(datname, $2)',
      [template, clonePrefix(template)],
    );
    for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  });
}

/** Drops what runs that were killed have left behind. */
async function dropStaleTemplates(): Promise<void> {
  if (databaseUrl === undefined) return;
  const names = await onServer(async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      "SELECT datname FROM pg_database WHERE datname ~ '^castellan_test_(template|db)_[0-9]+'",
    );
    return rows.map((row) => row.datname);
  });
  const pids = new Set(names.map((name) => Number(/_(\d+)/.exec(name)?.[1])));
  for (const pid of pids) if (!isAlive(pid)) await dropTemplate(templateName(pid));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Where `global-teardown.ts` finds what drops the template. */
const TEARDOWN = Symbol.for('castellan.test.teardown');

/** Names the template database of this run; the first test that needs it makes it (`support/template.ts`), and `global-teardown.ts` drops it. */
export default async function globalSetup(): Promise<void> {
  const name = templateName(process.pid);
  process.env[TEMPLATE_VARIABLE] = name;
  Reflect.set(globalThis, TEARDOWN, () => dropTemplate(name));
  await dropStaleTemplates();
}
