import type { PGlite } from '@electric-sql/pglite';
import { OptionalPeer } from '../peers/optional-peer.js';
import { lockDataDirectory } from './data-directory-lock.js';
import { pgliteDriver, type PostgresDriverModule } from './pglite-driver.js';

export interface EmbeddedDatabaseOptions {
  /** Where the data is kept; without it the database lives in memory. */
  readonly directory?: string;
  /** A dump of a data directory to start from. */
  readonly loadDataDir?: Blob;
}

/** PostgreSQL in this process. */
export interface EmbeddedDatabase {
  readonly pglite: PGlite;
  readonly driver: PostgresDriverModule;
  close(): Promise<void>;
}

const engine = new OptionalPeer('@electric-sql/pglite', 'The embedded database', async () => {
  const { PGlite } = await import('@electric-sql/pglite');
  const { pg_trgm } = await import('@electric-sql/pglite/contrib/pg_trgm');
  return { PGlite, extensions: { pg_trgm } };
});

/**
 * Starts PostgreSQL in this process; needs the package `@electric-sql/pglite`. The first start on a directory takes some seconds.
 * @throws DataDirectoryInUseError, MissingPeerError
 */
export async function createEmbeddedDatabase(
  options: EmbeddedDatabaseOptions = {},
): Promise<EmbeddedDatabase> {
  const unlock = options.directory ? lockDataDirectory(options.directory) : () => undefined;
  try {
    const { PGlite, extensions } = await engine.load();
    const { directory: dataDir, loadDataDir } = options;
    const pglite = await PGlite.create({ dataDir, loadDataDir, extensions });
    const driver = await pgliteDriver(pglite);
    let closing: Promise<void> | undefined;
    return {
      pglite,
      driver,
      close: () => (closing ??= pglite.close().finally(unlock)),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
