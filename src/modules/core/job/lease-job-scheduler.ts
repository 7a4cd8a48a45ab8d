import { randomUUID } from 'node:crypto';
import { Logger } from '@nestjs/common';
import type { Clock } from '../../../shared/time/clock.js';
import type { Job } from './job.js';
import type { JobRepository } from './job.repository.js';
import { JobScheduler } from './job-scheduler.js';

const LOOK_MS = 30_000;
/** A node that dies keeps its jobs for so long. */
const HOLD_MS = 90_000;

/**
 * Jobs in this process. Every node looks for what is due; a lease in the store lets one of them run it, and is renewed for as long as it runs. Where the store
 * is the memory of one process, that is the one node.
 */
export class LeaseJobScheduler extends JobScheduler {
  private readonly logger = new Logger('Jobs');
  private readonly node = randomUUID();
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly leases: JobRepository,
    private readonly clock: Clock,
  ) {
    super();
  }

  override start(jobs: readonly Job[]): Promise<void> {
    this.timer = setInterval(() => void this.look(jobs), LOOK_MS).unref();
    return Promise.resolve();
  }

  override async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.looking;
  }

  /** Runs what is due and free, one after another. Simultaneous calls share it. */
  look(jobs: readonly Job[]): Promise<void> {
    this.looking ??= this.runDue(jobs).finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async runDue(jobs: readonly Job[]): Promise<void> {
    for (const job of jobs) {
      if (this.stopped) return;
      try {
        if (await this.leases.acquire(job.name, this.node, this.later(HOLD_MS), this.clock.now()))
          await this.runHeld(job);
      } catch (error) {
        this.logger.warn(`${job.name}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }

  private async runHeld(job: Job): Promise<void> {
    const renewal = setInterval(() => {
      this.leases.extend(job.name, this.node, this.later(HOLD_MS)).catch(() => undefined);
    }, HOLD_MS / 3).unref();
    try {
      await job.run();
    } finally {
      clearInterval(renewal);
      // After a failure too: it comes again at its time, and not at once and for ever.
      await this.leases.release(job.name, this.node, this.later(job.intervalMs));
    }
  }

  private later(milliseconds: number): Date {
    return new Date(this.clock.now().getTime() + milliseconds);
  }
}
