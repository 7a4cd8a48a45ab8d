import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Module, type Provider } from '@nestjs/common';
import {
  InMemoryDatabase,
  InMemoryTransactionRunner,
  type MigrationGroup,
  type MigrationStatus,
  Storage,
  type StorageDefinition,
  TransactionRunner,
} from '../../../src/index.js';
import { JsonFileDatabase } from './json-file-database.js';

export interface JsonFileStorageOptions {
  readonly file: string;
  /** Repositories in place of the ones used here: `{ provide: UserRepository, useClass: … }`. */
  readonly overrides?: readonly Provider[];
}

/** A whole store of one's own: every repository, in one JSON file. */
export function jsonFileStorage({ file, overrides = [] }: JsonFileStorageOptions): StorageDefinition {
  return {
    module: {
      module: JsonFileStorageModule,
      global: true,
      providers: [
        { provide: InMemoryDatabase, useFactory: () => new JsonFileDatabase(file) },
        {
          provide: TransactionRunner,
          inject: [InMemoryDatabase],
          useFactory: (database: InMemoryDatabase) => new InMemoryTransactionRunner(database),
        },
        { provide: Storage, useFactory: () => new JsonFileStorage(file) },
      ],
      exports: [InMemoryDatabase, TransactionRunner, Storage],
    },
    bind: (bindings) =>
      bindings.map(
        ({ port, memory }) =>
          overrides.find((provider) => typeof provider === 'object' && provider.provide === port) ?? {
            provide: port,
            useClass: memory,
          },
      ),
  };
}

@Module({})
class JsonFileStorageModule {}

/** Every abstract method has to be here, or this does not compile: that is the check that a store is complete. */
export class JsonFileStorage extends Storage {
  constructor(private readonly file: string) {
    super();
  }

  /** The file brings itself up to date when it is read. What a host hands over as SQL cannot run here, and that is said. */
  override migrate(extraGroups: readonly MigrationGroup[] = []): Promise<string[]> {
    const refused = extraGroups.filter(({ migrations }) => migrations.length > 0).map(({ module }) => module);
    if (refused.length === 0) return Promise.resolve([]);
    return Promise.reject(new Error(`A JSON file cannot run the SQL migrations of ${refused.join(', ')}.`));
  }

  override rollback(): Promise<string[]> {
    return Promise.resolve([]);
  }

  override status(): Promise<MigrationStatus[]> {
    return Promise.resolve([]);
  }

  override ping(): Promise<void> {
    return access(dirname(this.file), constants.R_OK | constants.W_OK);
  }

  /** Nothing waits: what was acknowledged is on the disk. */
  override close(): Promise<void> {
    return Promise.resolve();
  }
}
