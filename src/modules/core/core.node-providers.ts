import type { Provider } from '@nestjs/common';
import { EphemeralStore } from '../../shared/ephemeral/ephemeral-store.js';
import { Clock } from '../../shared/time/clock.js';
import { ResolvedCoreOptions } from './core.options.js';
import { EphemeralRateLimiter } from '../../shared/rate-limit/ephemeral-rate-limiter.js';
import { RateLimiter } from '../../shared/rate-limit/rate-limiter.js';
import { FanOut } from '../../shared/fan-out/fan-out.js';
import { JobRepository } from './job/job.repository.js';
import { JobScheduler } from './job/job-scheduler.js';
import { LeaseJobScheduler } from './job/lease-job-scheduler.js';
import { AccountChangeFeed } from './account-change/account-change.feed.js';
import { CacheCounters } from './cache/cache-counters.js';

/** What nodes share: counters, news, jobs. */
export const NODE_PROVIDERS: Provider[] = [
  AccountChangeFeed,
  CacheCounters,
  {
    provide: RateLimiter,
    inject: [ResolvedCoreOptions, EphemeralStore, Clock],
    useFactory: ({ rateLimiter }: ResolvedCoreOptions, store: EphemeralStore, clock: Clock) =>
      rateLimiter ?? new EphemeralRateLimiter(store, clock),
  },
  {
    provide: JobScheduler,
    inject: [ResolvedCoreOptions, JobRepository, Clock],
    useFactory: ({ jobScheduler }: ResolvedCoreOptions, leases: JobRepository, clock: Clock) =>
      jobScheduler ?? new LeaseJobScheduler(leases, clock),
  },
  {
    provide: FanOut,
    inject: [ResolvedCoreOptions],
    useFactory: (options: ResolvedCoreOptions) => options.fanOut,
  },
];
