import type { Provider } from '@nestjs/common';
import { InMemoryEphemeralStore } from '../../shared/ephemeral/in-memory-ephemeral-store.js';
import { EphemeralStore } from '../../shared/ephemeral/ephemeral-store.js';
import { EventBus } from '../../shared/events/event-bus.js';
import { FanOut } from '../../shared/fan-out/fan-out.js';
import { IdGenerator, UuidV7Generator } from '../../shared/ids/id-generator.js';
import { EphemeralRateLimiter } from '../../shared/rate-limit/ephemeral-rate-limiter.js';
import { RateLimiter } from '../../shared/rate-limit/rate-limiter.js';
import { Clock, SystemClock } from '../../shared/time/clock.js';
import { AcceptedIssuerVerifier } from './accepted-issuer/accepted-issuer.verifier.js';
import { ResolvedCoreOptions } from './core.options.js';
import { JobRepository } from './job/job.repository.js';
import { JobScheduler } from './job/job-scheduler.js';
import { LeaseJobScheduler } from './job/lease-job-scheduler.js';
import { MailSender } from './mail/mail-sender.js';
import {
  BreachedPasswordChecker,
  HibpBreachedPasswordChecker,
  NoBreachedPasswordChecker,
} from './password/breach-check.js';
import { DefaultPasswordHasher } from './password/default-password-hasher.js';
import { PasswordHasher } from './password/password-hasher.js';
import { PasswordPolicy } from './password/password-policy.js';
import { SmsSender } from './sms/sms-sender.js';

/** What core runs on, and what the options choose. */
export const CHOSEN_PROVIDERS: Provider[] = [
  EventBus,
  { provide: Clock, useClass: SystemClock },
  { provide: IdGenerator, inject: [Clock], useFactory: (clock: Clock) => new UuidV7Generator(clock) },
  {
    provide: EphemeralStore,
    inject: [ResolvedCoreOptions, Clock],
    useFactory: ({ ephemeralStore }: ResolvedCoreOptions, clock: Clock) =>
      ephemeralStore ?? new InMemoryEphemeralStore(clock),
  },
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
  {
    provide: MailSender,
    inject: [ResolvedCoreOptions],
    useFactory: (options: ResolvedCoreOptions) => options.mailSender,
  },
  {
    provide: SmsSender,
    inject: [ResolvedCoreOptions],
    useFactory: (options: ResolvedCoreOptions) => options.smsSender,
  },
  {
    provide: PasswordHasher,
    inject: [ResolvedCoreOptions],
    useFactory: ({ password }: ResolvedCoreOptions) => new DefaultPasswordHasher(password),
  },
  {
    provide: BreachedPasswordChecker,
    inject: [ResolvedCoreOptions],
    useFactory: ({ password }: ResolvedCoreOptions) =>
      password.breachCheck ? new HibpBreachedPasswordChecker() : new NoBreachedPasswordChecker(),
  },
  {
    provide: PasswordPolicy,
    inject: [ResolvedCoreOptions, BreachedPasswordChecker],
    useFactory: ({ password, serviceName }: ResolvedCoreOptions, breaches: BreachedPasswordChecker) =>
      new PasswordPolicy({ minLength: password.minLength, serviceName }, breaches),
  },
  {
    provide: AcceptedIssuerVerifier,
    inject: [ResolvedCoreOptions, Clock],
    useFactory: ({ acceptedIssuers }: ResolvedCoreOptions, clock: Clock) =>
      new AcceptedIssuerVerifier(acceptedIssuers ?? { issuers: [] }, clock),
  },
];
