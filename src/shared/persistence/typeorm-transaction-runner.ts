import { setTimeout as sleep } from 'node:timers/promises';
import { inSpan } from '../tracing/traced.js';
import { Logger } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { backoffMs, mayRepeat } from './retry-policy.js';
import { TransactionRunner, type TransactionOptions } from './transaction-runner.js';
import type { OpenTransaction, TypeOrmContext } from './typeorm-context.js';

/** Transactions on a connection of their own, at the server's isolation level (READ COMMITTED, unless it is set otherwise). */
export class TypeOrmTransactionRunner extends TransactionRunner {
  private readonly logger = new Logger(TransactionRunner.name);

  constructor(
    private readonly context: TypeOrmContext,
    private readonly options: { readonly maxRetries: number },
  ) {
    super();
  }

  override get active(): boolean {
    return this.context.transaction !== undefined;
  }

  override async run<T>(work: () => Promise<T>, options: TransactionOptions = {}): Promise<T> {
    if (this.active) return work();
    for (let attempt = 1; ; attempt += 1) {
      const progress = { commitSent: false };
      try {
        return await inSpan('castellan.transaction', () => this.once(work, options, progress), { attempt });
      } catch (error) {
        const again =
          options.retry !== false &&
          attempt <= this.options.maxRetries &&
          mayRepeat(error, progress.commitSent);
        if (!again) throw error;
        await sleep(backoffMs(attempt));
      }
    }
  }

  override afterCommit(work: () => void | Promise<void>): void {
    const open = this.context.transaction;
    if (open) open.afterCommit.push(work);
    else void this.isolated(work);
  }

  private async once<T>(
    work: () => Promise<T>,
    options: TransactionOptions,
    progress: { commitSent: boolean },
  ): Promise<T> {
    const queryRunner = this.context.dataSource.createQueryRunner();
    const transaction: OpenTransaction = { queryRunner, afterCommit: [] };
    let result: T;
    try {
      await queryRunner.startTransaction();
      if (options.statementTimeoutMs !== undefined) {
        await queryRunner.query("SELECT set_config('statement_timeout', $1, true)", [
          String(options.statementTimeoutMs),
        ]);
      }
      result = await this.context.enter(transaction, work);
      progress.commitSent = true;
      await queryRunner.commitTransaction();
    } catch (error) {
      await this.abandon(queryRunner);
      throw error;
    } finally {
      await queryRunner.release();
    }
    for (const effect of transaction.afterCommit) await this.context.leave(() => this.isolated(effect));
    return result;
  }

  /** Rolls back; where that fails the connection is of no more use, and the cause stays the error that is thrown. */
  private async abandon(queryRunner: QueryRunner): Promise<void> {
    if (!queryRunner.isTransactionActive) return;
    try {
      await queryRunner.rollbackTransaction();
    } catch (error) {
      this.logger.warn(`ROLLBACK failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async isolated(work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.error('Work after a commit failed', error instanceof Error ? error.stack : String(error));
    }
  }
}
