import type { PGlite } from '@electric-sql/pglite';
import pg from 'pg';

/** What TypeORM's postgres driver takes in place of `pg`. */
export interface PostgresDriverModule {
  readonly Pool: typeof pg.Pool;
}

/**
 * `pg` itself, over an embedded database: its pool hands out the one connection exclusively, so that two transactions never interleave.
 * (A query of a request that goes around its own open transaction would wait for itself.)
 */
export async function pgliteDriver(database: PGlite): Promise<PostgresDriverModule> {
  const { createPgConfig } = await import('@electric-sql/pglite/node-postgres');
  class EmbeddedClient extends pg.Client {
    constructor(config?: pg.ClientConfig) {
      // `connection` is how PGlite's adapter takes the place of the socket; the types of `pg` do not list it.
      super({ ...config, ...{ connection: createPgConfig(database).connection } });
    }
  }

  class EmbeddedPool extends pg.Pool {
    constructor(config: pg.PoolConfig = {}) {
      super({
        user: 'postgres',
        database: 'postgres',
        connectionTimeoutMillis: config.connectionTimeoutMillis,
        max: 1,
        idleTimeoutMillis: 0,
        Client: EmbeddedClient,
        // The pool waits for it, whatever its types say.
        // eslint-disable-next-line @typescript-eslint/no-misused-promises -- see above
        onConnect: reset,
      });
    }
  }
  return { Pool: EmbeddedPool };
}

/** The database is one session for good: what a discarded client left behind would meet the next one. */
async function reset(client: pg.ClientBase): Promise<void> {
  await client.query('ROLLBACK');
  await client.query('DISCARD ALL');
}
