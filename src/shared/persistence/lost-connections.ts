import type { Pool, PoolClient } from 'pg';

const watched = new WeakSet<PoolClient>();

/**
 * Keeps a broken connection from ending the process. `pg` emits `error` on a client whose connection breaks between two statements; the pool listens
 * while the client is idle and TypeORM while it is in use, but for a moment between the two nobody does, and an `error` without a listener is thrown.
 * Whoever uses the client hears of it at the next statement.
 */
export function surviveLostConnections(pool: Pool): void {
  pool.on('acquire', (client) => {
    if (watched.has(client)) return;
    watched.add(client);
    client.on('error', () => undefined);
  });
}
