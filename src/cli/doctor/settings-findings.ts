import type { ResolvedCoreOptions } from '../../modules/core/index.js';
import type { Finding } from './finding.js';

const HOUR_MS = 60 * 60_000;

/** Settings that are valid, and weak. */
export function settingsFindings(options: ResolvedCoreOptions): Finding[] {
  const weak = [...transport(options), ...guessing(options), ...tokens(options)].map((finding) => ({
    check: 'settings',
    ...finding,
  }));
  return weak.length > 0 ? weak : [{ check: 'settings', level: 'ok', message: 'nothing is weak' }];
}

type Weakness = Omit<Finding, 'check'>;

function transport({
  appUrl,
  corsOrigins,
  redirectAllowlist,
  trustedProxies,
}: ResolvedCoreOptions): Weakness[] {
  const plain = [appUrl, ...corsOrigins, ...redirectAllowlist].filter(isPlain);
  return [
    ...plain.map((url): Weakness => ({
      level: 'warning',
      message: `${url} is http: whoever is on the way reads along`,
      advice: 'Serve it by https.',
    })),
    ...(trustedProxies.some((range) => range.endsWith('/0'))
      ? [
          {
            level: 'problem',
            message:
              'every address is a trusted proxy: anybody writes their own address, and passes each rate limit',
            advice: 'List the addresses of your proxies in TRUSTED_PROXIES (trustedProxies).',
          } as const,
        ]
      : []),
  ];
}

function guessing({ rateLimitMultiplier, lockout, password }: ResolvedCoreOptions): Weakness[] {
  const weak: Weakness[] = [];
  if (rateLimitMultiplier === 0)
    weak.push({
      level: 'problem',
      message: 'rate limits are off',
      advice: 'Set RATE_LIMIT_MULTIPLIER (rateLimitMultiplier) to 1.',
    });
  else if (rateLimitMultiplier > 10)
    weak.push({
      level: 'warning',
      message: `rate limits are ${rateLimitMultiplier} times as wide`,
      advice: 'Lower RATE_LIMIT_MULTIPLIER (rateLimitMultiplier).',
    });
  if (lockout.maxAttempts > 20)
    weak.push({
      level: 'warning',
      message: `an account is locked after ${lockout.maxAttempts} wrong passwords`,
      advice: 'Lower LOCKOUT_MAX_ATTEMPTS (lockout.maxAttempts).',
    });
  if (password.algorithm === 'bcrypt' && password.bcryptCost < 10)
    weak.push({
      level: 'problem',
      message: `password hashes are cheap to try (bcrypt at cost ${password.bcryptCost})`,
      advice: 'Set password.bcryptCost to 10 or more.',
    });
  return weak;
}

function tokens({ signingKeys, session }: ResolvedCoreOptions): Weakness[] {
  const weak: Weakness[] = [];
  if (signingKeys.current.algorithm === 'HS256')
    weak.push({
      level: 'warning',
      message: 'tokens are signed with a symmetric key: whoever can verify one can make one',
      advice: 'castellan keys rotate --algorithm ES256',
    });
  if (session.accessTokenTtlMs > HOUR_MS)
    weak.push({
      level: 'warning',
      message: `an access token lives for ${Math.round(session.accessTokenTtlMs / 60_000)} minutes: what others verify by the JWKS stays good so long, whatever is revoked`,
      advice: 'Lower ACCESS_TOKEN_TTL (session.accessTokenTtlMs).',
    });
  return weak;
}

/** A browser keeps what it sends to its own machine on the machine. */
function isPlain(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !['localhost', '127.0.0.1', '[::1]'].includes(hostname);
}
