import { randomBytes } from 'node:crypto';
import {
  createEmbeddedDatabase,
  type EmbeddedDatabase,
} from '../../src/shared/persistence/embedded-database.js';
import { clonePrefix, databaseUrl, onServer, TEMPLATE_VARIABLE } from '../global-setup.js';
import { ensureTemplateDatabase, templateDataDirectory, urlOf } from './template.js';

/** Whether the tests run on a PostgreSQL server, and not on the embedded database. */
export const onRealPostgres = databaseUrl !== undefined;

export interface TestDatabase {
  /** `null`: the embedded database. */
  readonly url: string | null;
  readonly embedded: EmbeddedDatabase | null;
  drop(): Promise<void>;
}

/** A migrated database of the caller's own, on whichever engine `DATABASE_URL` chooses. */
export async function createTestDatabase(): Promise<TestDatabase> {
  if (!onRealPostgres) {
    const embedded = await createEmbeddedDatabase({ loadDataDir: await templateDataDirectory() });
    return { url: null, embedded, drop: () => embedded.close() };
  }
  const template = templateOfRun();
  await ensureTemplateDatabase(template);
  return createServerDatabase(template);
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
  return {
    url: pooled(urlOf(name)),
    embedded: null,
    drop: async () =>
      void (await onServer((client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))),
  };
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
