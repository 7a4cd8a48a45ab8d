import { Logger } from '@nestjs/common';
import type { Client, Pool, QueryConfig } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isUnavailable } from './database-errors.js';
import { TransactionScope } from './transaction-scope.js';

type Queryable = Pick<Pool | Client, 'query'>;

export interface OpenTransaction {
  readonly queryRunner: QueryRunner;
  readonly afterCommit: (() => void | Promise<void>)[];
}

/** So long after a failure nobody waits for a replica. */
const REPLICA_PAUSE_MS = 5_000;

/** A row that something outside of the database may hold a copy of. */
export interface ChangedRow {
  readonly kind: 'user' | 'family';
  readonly id: string;
}

/** Where TypeORM repositories take their connection from: the transaction in AsyncLocalStorage, else the pool. */
export class TypeOrmContext {
  private readonly scope = new TransactionScope<OpenTransaction>();
  private readonly logger = new Logger('Database');
  /** On the monotonic clock. */
  private replicasPausedUntil = -Infinity;
  private readonly listeners: ((row: ChangedRow) => void)[] = [];

  constructor(
    readonly dataSource: DataSource,
    private readonly options: { readonly preparedStatements: boolean },
  ) {}

  get transaction(): OpenTransaction | undefined {
    return this.scope.current;
  }

  /** The pool of TypeORM's postgres driver, which TypeORM does not list. */
  get pool(): Pool {
    return (this.dataSource.driver as unknown as { master: Pool }).master;
  }

  /** Of the read replicas, where there are any. */
  get replicaPools(): readonly Pool[] {
    return (this.dataSource.driver as unknown as { slaves?: Pool[] }).slaves ?? [];
  }

  /**
   * Runs a listing on a read replica: where there is one, where no transaction is open (which may have written what is listed), and while the replicas
   * answer; else on the primary, without a runner. May call `work` twice.
   */
  async listing<T>(work: (runner?: QueryRunner) => Promise<T>): Promise<T> {
    if (this.transaction || this.replicaPools.length === 0 || performance.now() < this.replicasPausedUntil)
      return work();
    const runner = this.dataSource.createQueryRunner('slave');
    let connected = false;
    try {
      await runner.connect();
      connected = true;
      return await work(runner);
    } catch (error) {
      // Whatever keeps a connection from being made is no matter of the request.
      if (connected && !isUnavailable(error)) throw error;
      this.replicasPausedUntil = performance.now() + REPLICA_PAUSE_MS;
      this.logger.warn(
        `A read replica does not answer; listings go to the primary for a while: ${error instanceof Error ? error.message : String(error)}`,
      );
      return await work();
    } finally {
      await runner.release();
    }
  }

  /** For plain TypeORM work. */
  get manager(): EntityManager {
    return this.transaction?.queryRunner.manager ?? this.dataSource.manager;
  }

  enter<T>(transaction: OpenTransaction, work: () => Promise<T>): Promise<T> {
    return this.scope.run(transaction, work);
  }

  /** Runs `work` outside the open transaction. */
  leave<T>(work: () => T): T {
    return this.scope.leave(work);
  }

  /** A named (prepared) statement on the `pg` connection beneath TypeORM, for the few on hot paths. */
  async statement<Row extends object>(
    name: string,
    text: string,
    values: readonly unknown[],
  ): Promise<Row[]> {
    // One promise less where no transaction is open, as on most requests.
    const connection = this.transaction ? await this.connection() : this.pool;
    return (await connection.query<Row>(this.named(name, text, values))).rows;
  }

  /** An unnamed statement; its rows, whatever its command. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const connection = await this.connection();
    return (await connection.query<Row>(text, [...values])).rows;
  }

  /** Runs `work` in a savepoint of the open transaction, so that an error of its statements leaves the transaction usable. */
  async savepoint<T>(work: () => Promise<T>): Promise<T> {
    const runner = this.transaction?.queryRunner;
    if (!runner) return work();
    await runner.startTransaction();
    try {
      const result = await work();
      await runner.commitTransaction();
      return result;
    } catch (error) {
      await runner.rollbackTransaction();
      throw error;
    }
  }

  /** Tells this process of a write: at once, or after the commit of the open transaction. */
  changed(kind: ChangedRow['kind'], ...ids: readonly string[]): void {
    if (ids.length === 0 || this.listeners.length === 0) return;
    const tell = (): void => {
      for (const id of ids) for (const listener of this.listeners) listener({ kind, id });
    };
    const open = this.transaction;
    if (open) open.afterCommit.push(tell);
    else tell();
  }

  onChange(listener: (row: ChangedRow) => void): void {
    this.listeners.push(listener);
  }

  private named(name: string, text: string, values: readonly unknown[]): QueryConfig {
    return {
      text,
      values: [...values],
      name: this.options.preparedStatements ? `castellan_${name}` : undefined,
    };
  }

  private async connection(): Promise<Queryable> {
    const runner = this.transaction?.queryRunner;
    // TypeORM does not say that this is a `pg` client.
    return runner ? ((await runner.connect()) as Client) : this.pool;
  }
}
