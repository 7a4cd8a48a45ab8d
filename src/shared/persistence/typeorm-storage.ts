import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { surviveLostConnections } from './lost-connections.js';
import { MigrationRunner } from './migration-runner.js';
import { bindRepositories } from './repository-binding.js';
import {
  type MigrationGroup,
  type MigrationStatus,
  type PoolState,
  type RollbackTarget,
  Storage,
  type StorageDefinition,
} from './storage.js';
import { TransactionRunner } from './transaction-runner.js';
import { TypeOrmContext } from './typeorm-context.js';
import { TypeOrmTransactionRunner } from './typeorm-transaction-runner.js';

export interface TypeOrmStorageOptions {
  /** Name of the host's DataSource. @default the unnamed one */
  readonly dataSource?: string;
  /** What `migrate` runs, core first. */
  readonly migrations: readonly MigrationGroup[];
  /** Off behind pgbouncer in transaction mode. @default true */
  readonly preparedStatements?: boolean;
  /** Repeats of a transaction that may safely be repeated. @default 2 */
  readonly maxRetries?: number;
  /** Repositories of the host's, in place of the shipped ones: `{ provide: UserRepository, useClass: … }`. */
  readonly overrides?: readonly Provider[];
}

/** PostgreSQL through the host's TypeORM DataSource, which has to hold Castellan's entities. */
export function typeormStorage(options: TypeOrmStorageOptions): StorageDefinition {
  const context: Provider = {
    provide: TypeOrmContext,
    inject: [getDataSourceToken(options.dataSource)],
    useFactory: (dataSource: DataSource) => {
      const open = new TypeOrmContext(dataSource, { preparedStatements: options.preparedStatements ?? true });
      for (const pool of [open.pool, ...open.replicaPools]) surviveLostConnections(pool);
      return open;
    },
  };
  const runner: Provider = {
    provide: TransactionRunner,
    inject: [TypeOrmContext],
    useFactory: (open: TypeOrmContext) =>
      new TypeOrmTransactionRunner(open, { maxRetries: options.maxRetries ?? 2 }),
  };
  const storage: Provider = {
    provide: Storage,
    inject: [TypeOrmContext],
    useFactory: (open: TypeOrmContext) => new TypeOrmStorage(open, options.migrations),
  };
  const module: DynamicModule = {
    module: TypeOrmStorageModule,
    global: true,
    providers: [context, runner, storage],
    exports: [TypeOrmContext, TransactionRunner, Storage],
  };
  return { module, bind: (bindings) => bindRepositories(bindings, 'typeorm', options.overrides) };
}

@Module({})
class TypeOrmStorageModule {}

class TypeOrmStorage extends Storage {
  constructor(
    private readonly context: TypeOrmContext,
    private readonly groups: readonly MigrationGroup[],
  ) {
    super();
  }

  override migrate(extraGroups: readonly MigrationGroup[] = []): Promise<string[]> {
    return new MigrationRunner(this.context.dataSource, [...this.groups, ...extraGroups]).up();
  }

  override rollback(target: RollbackTarget): Promise<string[]> {
    return new MigrationRunner(this.context.dataSource, this.groups).down(target);
  }

  override status(): Promise<MigrationStatus[]> {
    return new MigrationRunner(this.context.dataSource, this.groups).status();
  }

  override async ping(): Promise<void> {
    await this.context.query('SELECT 1');
  }

  override pool(): PoolState {
    const { totalCount, idleCount, waitingCount } = this.context.pool;
    return { total: totalCount, idle: idleCount, waiting: waitingCount };
  }

  override async clockSkewMs(): Promise<number> {
    const [row] = await this.context.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    return row ? Date.now() - row.now.getTime() : 0;
  }

  /** The DataSource belongs to the host, which closes it. */
  override close(): Promise<void> {
    return Promise.resolve();
  }
}
