import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { TransactionRunner } from '../../../shared/persistence/transaction-runner.js';
import { ResolvedAuditOptions } from '../audit.options.js';
import type { AuditLogRecord } from '../record/audit-log.js';
import type { AuditSink, SunkAuditRecord } from './audit-sink.js';

/** Records that wait for a sink; past it the oldest are dropped, since memory is not for them. */
const MOST_WAITING = 10_000;
const BATCH = 500;

/** Hands committed records to the sinks, off the request's path: a slow sink slows nobody down, and holds up no other sink. */
@Injectable()
export class AuditSinks implements OnApplicationShutdown {
  private readonly queues: readonly SinkQueue[];

  constructor(
    private readonly transactions: TransactionRunner,
    options: ResolvedAuditOptions,
  ) {
    this.queues = options.sinks.map((sink) => new SinkQueue(sink));
  }

  afterCommit(record: AuditLogRecord): void {
    if (this.queues.length === 0) return;
    const { batchId: _batchId, personalSalt: _salt, personalCommitment: _commitment, ...sunk } = record;
    this.transactions.afterCommit(() => {
      for (const queue of this.queues) queue.push(sunk);
    });
  }

  /** Once the sinks have what was given to them. */
  async flush(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.flush()));
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.queues.map((queue) => queue.close()));
  }
}

class SinkQueue {
  private readonly logger = new Logger(AuditSinks.name);
  private readonly waiting: SunkAuditRecord[] = [];
  private running: Promise<void> | undefined;
  private dropped = 0;

  constructor(private readonly sink: AuditSink) {}

  push(record: SunkAuditRecord): void {
    this.waiting.push(record);
    if (this.waiting.length > MOST_WAITING) {
      this.waiting.shift();
      this.dropped += 1;
    }
    void this.flush();
  }

  flush(): Promise<void> {
    this.running ??= this.drain().finally(() => {
      this.running = undefined;
    });
    return this.running;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.sink.close();
  }

  private async drain(): Promise<void> {
    // Let whatever is committed in the same turn come along.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, BATCH);
      try {
        await this.sink.write(batch);
      } catch (error) {
        this.logger.warn(`${this.name} refused ${batch.length} records: ${messageOf(error)}`);
      }
      if (this.dropped > 0)
        this.logger.warn(`${this.name} is too slow: ${this.dropped} records were not given to it`);
      this.dropped = 0;
    }
  }

  private get name(): string {
    return this.sink.constructor.name;
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
