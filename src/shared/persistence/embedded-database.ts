import { PGlite } from '@electric-sql/pglite';
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

/** Starts PostgreSQL in this process; the first start on a directory takes some seconds. @throws DataDirectoryInUseError */
export async function createEmbeddedDatabase(
  options: EmbeddedDatabaseOptions = {},
): Promise<EmbeddedDatabase> {
  const unlock = options.directory ? lockDataDirectory(options.directory) : () => undefined;
  try {
    const pglite = await PGlite.create({ dataDir: options.directory, loadDataDir: options.loadDataDir });
    let closing: Promise<void> | undefined;
    return {
      pglite,
      driver: pgliteDriver(pglite),
      close: () => (closing ??= pglite.close().finally(unlock)),
    };
  } catch (error) {
    unlock();
    throw error;
  }
}
