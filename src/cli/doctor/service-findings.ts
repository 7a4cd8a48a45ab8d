import type { Env } from '../../app/env/env.js';
import type { ResolvedCoreOptions } from '../../modules/core/index.js';
import { type Finding, probe } from './finding.js';

/** Whether what stands beside the database answers. */
export async function serviceFindings(options: ResolvedCoreOptions, env: Env | null): Promise<Finding[]> {
  const { mailSender, smsSender, ephemeralStore, rateLimiter } = options;
  const shared = ephemeralStore !== null || rateLimiter !== null;
  const redis = probe(
    'redis',
    'Check REDIS_URL, and that the server runs. Until then each node counts rate limits by itself.',
    async () => {
      await ephemeralStore?.get('castellan:doctor');
      await rateLimiter?.check();
    },
  );
  const mail = mailSender.available
    ? probe('mail', 'Check SMTP_URL (host, port, user, password) and the server’s certificate.', () =>
        mailSender.check(),
      )
    : withoutMail(env);
  return [
    ...(shared
      ? [await redis]
      : [{ check: 'redis', level: 'ok', message: 'none: one node counts in its memory' } as const]),
    await mail,
    smsSender.available
      ? { check: 'sms', level: 'ok', message: 'a sender is set' }
      : { check: 'sms', level: 'ok', message: 'no sender: phone numbers cannot be proven' },
  ];
}

function withoutMail(env: Env | null): Finding {
  const check = 'mail';
  if (env && env.NODE_ENV !== 'production')
    return { check, level: 'ok', message: 'no sender: outside production the app shows mail at /mail' };
  return {
    check,
    level: 'warning',
    message: 'no sender: nobody can verify an address or reset a password',
    advice: 'Set SMTP_URL (mailSender).',
  };
}
