import type { Job } from './job.js';

/** Runs jobs, each on one node at a time. A job that fails is logged, and comes again. */
export abstract class JobScheduler {
  /** Called once, at the bootstrap. */
  abstract start(jobs: readonly Job[]): Promise<void>;
  /** Resolves when nothing runs here any more. */
  abstract stop(): Promise<void>;
}
