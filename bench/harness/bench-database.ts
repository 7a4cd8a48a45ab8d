import type pg from 'pg';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { DataSource } from 'typeorm';
import { CASTELLAN_ENTITIES, castellanMigrations } from '../../src/castellan.schema.js';
import { createDataSourceOptions } from '../../src/shared/persistence/data-source.js';
import { MigrationRunner } from '../../src/shared/persistence/migration-runner.js';
import { DEFAULT_REALM_ID } from '../../src/shared/persistence/realm.js';
import { withClient } from './with-client.js';

const run = promisify(execFile);

export const PASSWORD = 'a gatehouse of 7 towers';

const made = new Set<BenchDatabase>();

/** Drops every database that is still there. */
export async function dropDatabases(): Promise<void> {
  for (const database of made) await database.drop();
}

/** A database of the benchmark's own, with the schema and so many accounts. */
export class BenchDatabase {
  private constructor(
    private readonly server: string,
    private readonly name: string,
    readonly url: string,
    readonly users: number,
  ) {}

  static async create(server: string, users: number, passwordHash: string): Promise<BenchDatabase> {
    const name = `castellan_bench_${process.pid}_${made.size}`;
    const url = Object.assign(new URL(server), { pathname: `/${name}` }).href;
    const database = new BenchDatabase(server, name, url, users);
    await withClient(server, (client) => client.query(`CREATE DATABASE ${name}`));
    made.add(database);
    const dataSource = new DataSource(
      createDataSourceOptions({ url, entities: CASTELLAN_ENTITIES, poolMax: 1, statementTimeoutMs: 0 }),
    );
    await dataSource.initialize();
    try {
      await new MigrationRunner(dataSource, castellanMigrations()).up();
    } finally {
      await dataSource.destroy();
    }
    await database.query(
      `INSERT INTO castellan.users (id, realm_id, name, email, email_key, username, username_key, password, email_verified, created_at, updated_at)
       SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, $2, 'User ' || i, 'user' || i || '@example.com', 'user' || i || '@example.com',
         'user' || i, 'user' || i, $1, true, '2025-01-01'::timestamptz + i * interval '1 second', now()
       FROM generate_series(1, ${users}) AS i`,
      [passwordHash, DEFAULT_REALM_ID],
    );
    await database.query('VACUUM (ANALYZE) castellan.users');
    return database;
  }

  query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    return withClient(this.url, async (client) => (await client.query<Row>(text, values)).rows);
  }

  /**
   * Puts the load and the backends that serve this database on those cores. Whether that was possible: the server has to be on this machine, and its processes
   * ours to command.
   */
  async pinBackends(cores: number | string): Promise<boolean> {
    const rows = await this.query<{ pid: number }>(
      'SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    try {
      for (const pid of [process.pid, ...rows.map((row) => row.pid)])
        await run('taskset', ['-pc', String(cores), String(pid)]);
      return true;
    } catch {
      return false;
    }
  }

  /** Forgets what waits in the outbox: thousands of sign-ups of the warm-up leave as many mails behind, which would be sent while others are measured. */
  async forgetMail(): Promise<void> {
    await this.query('UPDATE castellan.outbox SET done_at = now() WHERE done_at IS NULL');
  }

  async drop(): Promise<void> {
    made.delete(this);
    await withClient(this.server, (client) =>
      client.query(`DROP DATABASE IF EXISTS ${this.name} WITH (FORCE)`),
    );
  }
}

export function userId(index: number): string {
  return `00000000-0000-7000-8000-${index.toString(16).padStart(12, '0')}`;
}
