import { randomBytes } from 'node:crypto';
import {
  createEmbeddedDatabase,
  type EmbeddedDatabase,
} from '../../src/shared/persistence/embedded-database.js';
import { clonePrefix, databaseUrl, onServer, TEMPLATE_VARIABLE } from '../global-setup.js';
import { type Ask, SpareDatabases } from './spare-databases.js';
import { cutConnections, sql } from './sql.js';
import { ensureTemplateDatabase, templateDataDirectory, urlOf } from './template.js';

/** Whether the tests run on a PostgreSQL server, and not on the embedded database. */
export const onRealPostgres = databaseUrl !== undefined;

export interface TestDatabase {
  /** `null`: the embedded database. */
  readonly url: string | null;
  readonly embedded: EmbeddedDatabase | null;
  /** To be called once nobody uses it any more. */
  drop(): Promise<void>;
  /** It is gone, whoever uses it. */
  takeAway(): Promise<void>;
}

type Made = TestDatabase & { readonly ask: Ask };

const spares = new SpareDatabases(makeDatabase);

/** A migrated database of the caller's own, on whichever engine `DATABASE_URL` chooses. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const made = await spares.take();
  // A pooler would go on with connections that are gone.
  return pooler === undefined ? { ...made, drop: () => spares.giveBack(made) } : made;
}

async function makeDatabase(): Promise<Made> {
  if (!onRealPostgres) {
    const embedded = await createEmbeddedDatabase({ loadDataDir: await templateDataDirectory() });
    const close = (): Promise<void> => embedded.close();
    return { url: null, embedded, drop: close, takeAway: close, ask: askEmbedded(embedded) };
  }
  const template = templateOfRun();
  await ensureTemplateDatabase(template);
  const database = await createServerDatabase(template);
  return { ...database, ask: askServer(database) };
}

function askEmbedded({ pglite }: EmbeddedDatabase): Ask {
  return async (text) => (await pglite.query<object>(text)).rows;
}

/** Whoever is left on the database is cut off. */
function askServer({ url }: TestDatabase): Ask {
  return async (text) => {
    await cutConnections(url);
    return sql(url, text);
  };
}

/** A database without any table; on a PostgreSQL server alone. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createServerDatabase('template1');
}

/** A copy of a database that nobody is connected to; on a PostgreSQL server alone. */
export function copyDatabase({ url }: TestDatabase): Promise<TestDatabase> {
  return createServerDatabase(new URL(url ?? '').pathname.slice(1));
}

async function createServerDatabase(source: string): Promise<TestDatabase> {
  const name = `${clonePrefix(templateOfRun())}${randomBytes(5).toString('hex')}`;
  await onServer((client) => client.query(`CREATE DATABASE "${name}" TEMPLATE "${source}"`));
  const drop = async (): Promise<void> =>
    void (await onServer((client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)));
  return { url: pooled(urlOf(name)), embedded: null, drop, takeAway: drop };
}

/** `host:port` of a pooler in transaction mode: what the tests talk to goes through it, and what makes and drops databases goes past it. */
export const POOLER_VARIABLE = 'CASTELLAN_TEST_POOLER';
export const pooler: string | undefined = process.env[POOLER_VARIABLE] || undefined;

function pooled(direct: string): string {
  if (pooler === undefined) return direct;
  const url = new URL(direct);
  url.host = pooler;
  return url.href;
}

function templateOfRun(): string {
  const name = process.env[TEMPLATE_VARIABLE];
  if (name === undefined)
    throw new Error(
      'Run the tests through jest.config.js: test/global-setup.ts names the template database.',
    );
  return name;
}
