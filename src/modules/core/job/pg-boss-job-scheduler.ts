import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type PgBoss from 'pg-boss';
import { OptionalPeer } from '../../../shared/peers/optional-peer.js';
import { backoffMs } from '../../../shared/persistence/retry-policy.js';
import type { Job } from './job.js';
import { JobScheduler } from './job-scheduler.js';

export interface PgBossOptions {
  /** PostgreSQL; behind pgbouncer in transaction mode too. */
  readonly url: string;
  /** pg-boss makes it and its tables at the start, and so needs the right to. @default 'castellan_jobs' */
  readonly schema?: string;
  /** @default 2 */
  readonly poolMax?: number;
}

const STATEMENT_TIMEOUT_MS = 30_000;
/** A job that takes longer counts as dead, and another node may begin. */
const LONGEST_RUN_S = 60 * 60;
const CREATE_ATTEMPTS = 8;
const STOP_TIMEOUT_MS = 10_000;
const MINUTE_MS = 60_000;

const peer = new OptionalPeer('pg-boss', 'PgBossJobScheduler', () => import('pg-boss'));

/** Jobs in the queues of pg-boss, by its clock: for hosts that run it anyway, or want to see their jobs. Needs the package `pg-boss`. */
export class PgBossJobScheduler extends JobScheduler {
  private readonly logger = new Logger('Jobs');
  private boss: PgBoss | undefined;

  constructor(private readonly options: PgBossOptions) {
    super();
  }

  /** @throws MissingPeerError, or what pg-boss says where the database does not answer */
  override async start(jobs: readonly Job[]): Promise<void> {
    const { default: Boss } = await peer.load();
    const boss = new Boss({
      connectionString: this.options.url,
      schema: this.options.schema ?? 'castellan_jobs',
      max: this.options.poolMax ?? 2,
      application_name: 'castellan-jobs',
      // Passed on to the pool; the types of pg-boss do not list it.
      ...{ statement_timeout: STATEMENT_TIMEOUT_MS, connectionTimeoutMillis: STATEMENT_TIMEOUT_MS },
    });
    // Without a listener an outage of the database would end the process.
    boss.on('error', (error) => this.logger.warn(`pg-boss: ${error.message}`));
    this.boss = await boss.start();
    for (const job of jobs) await this.install(this.boss, job);
  }

  override async stop(): Promise<void> {
    await this.boss?.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS });
  }

  private async install(boss: PgBoss, job: Job): Promise<void> {
    await this.createQueue(boss, job.name);
    await boss.work(job.name, { batchSize: 1 }, () => this.run(job));
    await boss.schedule(job.name, cronOf(job.intervalMs));
    await boss.send(job.name, {});
  }

  /** pg-boss makes a table for each queue; nodes that do so at once lock each other out, and all but one have to try again. */
  private async createQueue(boss: PgBoss, name: string): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        if (await boss.getQueue(name)) return;
        // `stately`: one that waits and one that runs at most, over all nodes.
        return await boss.createQueue(name, {
          name,
          policy: 'stately',
          retryLimit: 0,
          expireInSeconds: LONGEST_RUN_S,
        });
      } catch (error) {
        if (attempt === CREATE_ATTEMPTS) throw error;
        await sleep(backoffMs(attempt));
      }
    }
  }

  private async run(job: Job): Promise<void> {
    try {
      await job.run();
    } catch (error) {
      this.logger.warn(`${job.name}: ${error instanceof Error ? error.message : String(error)}`);
      throw error;
    }
  }
}

/** pg-boss knows whole minutes. */
function cronOf(intervalMs: number): string {
  const minutes = Math.min(59, Math.max(1, Math.round(intervalMs / MINUTE_MS)));
  return `*/${minutes} * * * *`;
}
