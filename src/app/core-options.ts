import {
  type CoreOptions,
  PgBossJobScheduler,
  SmtpMailSender,
  WebhookSmsSender,
} from '../modules/core/index.js';
import type { Redis } from 'ioredis';
import type { Env } from './env/env.js';
import { RedisEphemeralStore } from '../shared/ephemeral/redis-ephemeral-store.js';
import { RedisFanOut } from '../shared/fan-out/redis-fan-out.js';
import { RedisRateLimiter } from '../shared/rate-limit/redis-rate-limiter.js';
import { readSecrets, readSigningKeys } from './key-material.js';
import type { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';

/** Public base of the app. */
export function appUrlOf(env: Env): string {
  return env.APP_URL ?? `http://localhost:${env.PORT}`;
}

/** What core's options refer to beyond the environment. */
export interface CoreParts {
  /** Takes what no real sender is configured for. */
  readonly previews: PreviewMailboxes | null;
  readonly redis: Redis | null;
}

/** Core's options, as the environment says. */
export function coreOptionsOf(env: Env, { previews, redis }: CoreParts): CoreOptions {
  const secrets = readSecrets(env);
  return {
    appUrl: appUrlOf(env),
    secrets,
    signingKeys: readSigningKeys(env),
    issuedAudiences: env.JWT_ISSUED_AUDIENCES,
    expectedAudiences: env.JWT_EXPECTED_AUDIENCES,
    serviceName: env.SERVICE_NAME,
    registration: env.REGISTRATION,
    emailVerification: env.EMAIL_VERIFICATION,
    phoneVerification: env.PHONE_VERIFICATION,
    password: {
      algorithm: env.PASSWORD_HASHER,
      bcryptCost: env.BCRYPT_COST,
      minLength: env.PASSWORD_MIN_LENGTH,
      breachCheck: env.PASSWORD_BREACH_CHECK,
    },
    lockout: { maxAttempts: env.LOCKOUT_MAX_ATTEMPTS, durationMs: env.LOCKOUT_DURATION },
    session: {
      accessTokenTtlMs: env.ACCESS_TOKEN_TTL,
      refreshTokenTtlMs: env.REFRESH_TOKEN_TTL,
      sessionTtlMs: env.SESSION_TTL,
      refreshGraceMs: env.REFRESH_GRACE,
      idleTtlMs: env.SESSION_IDLE_TTL,
      maxPerUser: env.SESSION_MAX_PER_USER,
      transport: env.TOKEN_TRANSPORT,
    },
    rateLimitMultiplier: env.RATE_LIMIT_MULTIPLIER,
    trustedProxies: env.TRUSTED_PROXIES,
    corsOrigins: env.CORS_ORIGINS,
    redirectAllowlist: env.REDIRECT_ALLOWLIST,
    ephemeralStore: redis ? new RedisEphemeralStore(redis) : undefined,
    jobScheduler:
      env.JOBS === 'pg-boss' && env.DATABASE_URL
        ? new PgBossJobScheduler({ url: env.DATABASE_URL })
        : undefined,
    fanOut: redis ? new RedisFanOut(redis) : undefined,
    rateLimiter: redis ? new RedisRateLimiter(redis) : undefined,
    mailSender: env.SMTP_URL
      ? new SmtpMailSender({ url: env.SMTP_URL, from: env.MAIL_FROM })
      : previews?.mail,
    smsSender: env.SMS_WEBHOOK_URL
      ? new WebhookSmsSender({
          url: env.SMS_WEBHOOK_URL,
          secret: secrets.signingKey('sms_webhook').key.export(),
        })
      : previews?.sms,
  };
}
