import type { KeyRing } from '../../shared/crypto/key-ring.js';
import type { EphemeralStore } from '../../shared/ephemeral/ephemeral-store.js';
import type { FanOut } from '../../shared/fan-out/fan-out.js';
import type { RateLimiter } from '../../shared/rate-limit/rate-limiter.js';
import type { AcceptedIssuerOptions } from './accepted-issuer/accepted-issuer.options.js';
import type { JobScheduler } from './job/job-scheduler.js';
import type { SigningKeys } from './keys/signing-keys.js';
import type { EmailTemplates } from './mail/email-templates.js';
import type { MailSender } from './mail/mail-sender.js';
import type { PasswordOptions } from './password/password.options.js';
import type { SmsSender } from './sms/sms-sender.js';
import type { SmsTemplates } from './sms/sms-templates.js';
import type { UserRecord } from './user/user.js';

export type VerificationPolicy = 'optional' | 'required';
export type TokenTransport = 'bearer' | 'cookie' | 'both';

/** Behaviour of core. Durations are milliseconds. Everything but `appUrl`, `secrets` and `signingKeys` has a default (`defaultCoreOptions`). */
export interface CoreOptions {
  /** Public base of links and the issuer of tokens, e.g. `https://example.com`. Never taken from a request. */
  readonly appUrl: string;
  /** Ordered secrets: the first encrypts and signs, all decrypt and verify. */
  readonly secrets: KeyRing;
  /** Ordered signing keys: the first signs, all are published. */
  readonly signingKeys: SigningKeys;
  /** `iss`. @default appUrl */
  readonly issuer?: string;
  /** `aud` of issued tokens. @default [appUrl] */
  readonly issuedAudiences?: readonly string[];
  /** A token needs one of these. @default issuedAudiences */
  readonly expectedAudiences?: readonly string[];
  /** Name of the service, in mail. It is also refused as a password. @default 'Castellan' */
  readonly serviceName?: string;

  /** @default 'open' */
  readonly registration?: 'open' | 'invite_only' | 'closed';
  /** @default 'optional' */
  readonly emailVerification?: VerificationPolicy;
  /** @default 'optional' */
  readonly phoneVerification?: VerificationPolicy;
  /** Fields beyond usernames that `GET availability` answers for; each tells who has an account. @default [] */
  readonly availability?: readonly ('email' | 'phone_number')[];
  /** Usernames nobody may take, beside the bundled list. @default [] */
  readonly reservedUsernames?: readonly string[];
  /** Whether a new account gets a welcome mail. @default true */
  readonly welcomeMail?: boolean;

  readonly password?: Partial<PasswordOptions>;
  /** @default { maxAttempts: 5, durationMs: 15 min } */
  readonly lockout?: { readonly maxAttempts: number; readonly durationMs: number };

  readonly session?: Partial<SessionOptions>;
  /** Third-party issuers whose JWTs are accepted. @default none */
  readonly acceptedIssuers?: AcceptedIssuerOptions;

  /** Scales every rate limit and cool-down; 0 turns them off, never lockout or code budgets. @default 1 */
  readonly rateLimitMultiplier?: number;
  /** Addresses or CIDR ranges of proxies whose `X-Forwarded-For` counts. @default [] */
  readonly trustedProxies?: readonly string[];
  /** Origins that may send cookies with state-changing requests, beside `appUrl`'s. @default [] */
  readonly corsOrigins?: readonly string[];
  /** Redirect targets: origin and path prefix. @default [] */
  readonly redirectAllowlist?: readonly string[];
  /** Pages that links in mail lead to; `{token}` is replaced. @default the bundled pages below `basePath` */
  readonly links?: Partial<LinkOptions>;
  /** Delivers mail. Without one, endpoints that need mail answer 503 `core.sender_unavailable`, and notices are dropped. */
  readonly mailSender?: MailSender;
  /** Delivers text messages; as `mailSender`. */
  readonly smsSender?: SmsSender;
  /** Counters of rate limits and cool-downs; one that nodes share lets them count together. @default the memory of this node */
  readonly ephemeralStore?: EphemeralStore;
  /** Counts rate limits and cool-downs in place of `ephemeralStore`: `new RedisRateLimiter(…)` over many nodes. @default counters in `ephemeralStore` */
  readonly rateLimiter?: RateLimiter;
  /** Tells other nodes of revocations sooner than they look by themselves: `new RedisFanOut(…)`. Closed at the stop. @default none: they look twice a second */
  readonly fanOut?: FanOut;
  /** Who runs background jobs: `new PgBossJobScheduler(…)`, or one of the host's. @default this process, by leases in the store */
  readonly jobScheduler?: JobScheduler;
  /** Words of single emails, in place of the bundled ones. */
  readonly emailTemplates?: Partial<EmailTemplates>;
  /** Words of single text messages, in place of the bundled ones. */
  readonly smsTemplates?: Partial<SmsTemplates>;
  /** Claims of the host, added to every token; registered claims cannot be overridden. */
  readonly extraClaims?: (user: UserRecord) => Promise<Record<string, unknown>> | Record<string, unknown>;
}

export interface SessionOptions {
  /** @default 15 min */
  readonly accessTokenTtlMs: number;
  /** @default 7 d */
  readonly refreshTokenTtlMs: number;
  /** Absolute: refreshing never passes it. @default 30 d */
  readonly sessionTtlMs: number;
  /** How long a rotated refresh token answers with the same successor. @default 10 s */
  readonly refreshGraceMs: number;
  /** Ends a session that was not used for so long. @default null */
  readonly idleTtlMs: number | null;
  /** Past it the oldest session is evicted. @default null */
  readonly maxPerUser: number | null;
  /** How tokens travel. @default 'bearer' */
  readonly transport: TokenTransport;
}

/** Each is an absolute URL or a path below `appUrl`, with `{token}` where the secret goes. */
export interface LinkOptions {
  readonly registration: string;
  readonly emailVerification: string;
  readonly emailChange: string;
  readonly passwordReset: string;
}

/** Options with every default filled in, validated and frozen. This class is the DI token. */
export abstract class ResolvedCoreOptions {
  abstract readonly appUrl: string;
  abstract readonly secrets: KeyRing;
  abstract readonly signingKeys: SigningKeys;
  abstract readonly basePath: string;
  abstract readonly issuer: string;
  abstract readonly issuedAudiences: readonly string[];
  abstract readonly expectedAudiences: readonly string[];
  abstract readonly serviceName: string;
  abstract readonly registration: 'open' | 'invite_only' | 'closed';
  abstract readonly emailVerification: VerificationPolicy;
  abstract readonly phoneVerification: VerificationPolicy;
  abstract readonly availability: readonly ('email' | 'phone_number')[];
  abstract readonly reservedUsernames: readonly string[];
  abstract readonly welcomeMail: boolean;
  abstract readonly password: PasswordOptions;
  abstract readonly lockout: { readonly maxAttempts: number; readonly durationMs: number };
  abstract readonly session: SessionOptions;
  abstract readonly acceptedIssuers: AcceptedIssuerOptions | null;
  abstract readonly rateLimitMultiplier: number;
  abstract readonly trustedProxies: readonly string[];
  abstract readonly corsOrigins: readonly string[];
  abstract readonly redirectAllowlist: readonly string[];
  abstract readonly links: LinkOptions;
  abstract readonly mailSender: MailSender;
  abstract readonly smsSender: SmsSender;
  abstract readonly ephemeralStore: EphemeralStore | null;
  abstract readonly rateLimiter: RateLimiter | null;
  abstract readonly fanOut: FanOut;
  abstract readonly jobScheduler: JobScheduler | null;
  abstract readonly emailTemplates: Partial<EmailTemplates>;
  abstract readonly smsTemplates: Partial<SmsTemplates>;
  abstract readonly extraClaims:
    ((user: UserRecord) => Promise<Record<string, unknown>> | Record<string, unknown>) | null;
}
