import { Logger, Module, type Provider } from '@nestjs/common';
import { InMemoryDatabase } from './in-memory-database.js';
import { bindRepositories } from './repository-binding.js';
import { type MigrationStatus, Storage, type StorageDefinition } from './storage.js';
import { TransactionRunner } from './transaction-runner.js';

/** Everything in memory: for tests, for a look around, and as the reference for stores of a host's own. */
export function inMemoryStorage(
  options: { readonly overrides?: readonly Provider[] } = {},
): StorageDefinition {
  return {
    module: {
      module: InMemoryStorageModule,
      global: true,
      providers: [
        InMemoryDatabase,
        {
          provide: TransactionRunner,
          inject: [InMemoryDatabase],
          useFactory: (database: InMemoryDatabase) => new InMemoryTransactionRunner(database),
        },
        { provide: Storage, useFactory: () => new InMemoryStorage() },
      ],
      exports: [InMemoryDatabase, TransactionRunner, Storage],
    },
    bind: (bindings) => bindRepositories(bindings, 'memory', options.overrides),
  };
}

@Module({})
class InMemoryStorageModule {}

/** Transactions of the in-memory store; one at a time. */
export class InMemoryTransactionRunner extends TransactionRunner {
  private readonly logger = new Logger(TransactionRunner.name);

  constructor(private readonly database: InMemoryDatabase) {
    super();
  }

  override get active(): boolean {
    return this.database.transaction !== undefined;
  }

  override async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.active) return work();
    const { result, afterCommit } = await this.database.run(work);
    for (const effect of afterCommit) await this.database.leave(() => this.isolated(effect));
    return result;
  }

  override afterCommit(work: () => void | Promise<void>): void {
    const open = this.database.transaction;
    if (open) open.afterCommit.push(work);
    else void this.isolated(work);
  }

  private async isolated(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error('Work after a commit failed', error instanceof Error ? error.stack : String(error));
    }
  }
}

class InMemoryStorage extends Storage {
  override migrate(): Promise<string[]> {
    return Promise.resolve([]);
  }

  override rollback(): Promise<string[]> {
    return Promise.resolve([]);
  }

  override status(): Promise<MigrationStatus[]> {
    return Promise.resolve([]);
  }

  override ping(): Promise<void> {
    return Promise.resolve();
  }

  override close(): Promise<void> {
    return Promise.resolve();
  }
}
