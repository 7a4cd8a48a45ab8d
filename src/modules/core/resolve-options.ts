import { isIP } from 'node:net';
import { NoFanOut } from '../../shared/fan-out/fan-out.js';
import { isRedirectPrefix } from '../../shared/http/redirect-target.js';
import type { CoreOptions, LinkOptions, ResolvedCoreOptions, SessionOptions } from './core.options.js';
import { NoMailSender } from './mail/mail-sender.js';
import { defaultPasswordOptions } from './password/password.options.js';
import { NoSmsSender } from './sms/sms-sender.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

const DEFAULT_SESSION: SessionOptions = {
  accessTokenTtlMs: 15 * MINUTE,
  refreshTokenTtlMs: 7 * DAY,
  sessionTtlMs: 30 * DAY,
  refreshGraceMs: 10 * SECOND,
  idleTtlMs: null,
  maxPerUser: null,
  transport: 'bearer',
};

const DEFAULTS = {
  issuedAudiences: [],
  expectedAudiences: [],
  serviceName: 'Castellan',
  registration: 'open',
  emailVerification: 'optional',
  phoneVerification: 'optional',
  availability: [],
  reservedUsernames: [],
  welcomeMail: true,
  lockout: { maxAttempts: 5, durationMs: 15 * MINUTE },
  acceptedIssuers: null,
  rateLimitMultiplier: 1,
  trustedProxies: [],
  corsOrigins: [],
  redirectAllowlist: [],
  mailSender: new NoMailSender(),
  smsSender: new NoSmsSender(),
  ephemeralStore: null,
  rateLimiter: null,
  jobScheduler: null,
  fanOut: new NoFanOut(),
  emailTemplates: {},
  smsTemplates: {},
  extraClaims: null,
} as const satisfies Partial<ResolvedCoreOptions>;

/** An option that cannot be used; the message names it. */
export class OptionsError extends Error {}

/** Fills in every default, checks what can be checked, and freezes the result. @throws OptionsError */
export function resolveCoreOptions(
  options: CoreOptions,
  structure: { basePath: string },
): ResolvedCoreOptions {
  const appUrl = parseAppUrl(options.appUrl);
  const given = { ...DEFAULTS, ...withoutGaps(options) };
  const issuedAudiences = given.issuedAudiences.length > 0 ? given.issuedAudiences : [appUrl];
  const resolved: ResolvedCoreOptions = {
    ...given,
    appUrl,
    basePath: structure.basePath,
    issuer: options.issuer ?? appUrl,
    issuedAudiences,
    expectedAudiences: given.expectedAudiences.length > 0 ? given.expectedAudiences : issuedAudiences,
    password: defaultPasswordOptions(options.password),
    session: { ...DEFAULT_SESSION, ...withoutGaps(options.session ?? {}) },
    links: resolveLinks(appUrl, structure.basePath, options.links),
  };
  validate(resolved);
  return Object.freeze(resolved);
}

/** `undefined` means the default, as if the option were not there. */
function withoutGaps<T extends object>(options: T): { [Name in keyof T]: Exclude<T[Name], undefined> } {
  const entries = Object.entries({ ...options } as Record<string, unknown>).filter(
    ([, value]) => value !== undefined,
  );
  return Object.fromEntries(entries) as { [Name in keyof T]: Exclude<T[Name], undefined> };
}

function parseAppUrl(appUrl: string): string {
  if (!URL.canParse(appUrl)) throw new OptionsError('appUrl must be an absolute URL.');
  const url = new URL(appUrl);
  if (!['http:', 'https:'].includes(url.protocol) || url.search || url.hash) {
    throw new OptionsError('appUrl must be an http or https URL without query and fragment.');
  }
  return appUrl.replace(/\/+$/, '');
}

function resolveLinks(appUrl: string, basePath: string, links: Partial<LinkOptions> = {}): LinkOptions {
  const page = (name: string): string => `${basePath}/pages/${name}#token={token}`;
  const absolute = (link: string): string => (link.startsWith('/') ? `${appUrl}${link}` : link);
  const resolved = {
    registration: absolute(links.registration ?? page('confirm-registration')),
    emailVerification: absolute(links.emailVerification ?? page('verify-email')),
    emailChange: absolute(links.emailChange ?? page('confirm-email-change')),
    passwordReset: absolute(links.passwordReset ?? page('reset-password')),
  };
  for (const [name, link] of Object.entries(resolved)) {
    if (!URL.canParse(link) || !link.includes('{token}')) {
      throw new OptionsError(`links.${name} must be a URL, or a path below appUrl, that contains {token}.`);
    }
  }
  return resolved;
}

function validate(options: ResolvedCoreOptions): void {
  const { session, lockout } = options;
  const positive = {
    'session.accessTokenTtlMs': session.accessTokenTtlMs,
    'session.refreshTokenTtlMs': session.refreshTokenTtlMs,
    'session.sessionTtlMs': session.sessionTtlMs,
    'session.idleTtlMs': session.idleTtlMs ?? 1,
    'session.maxPerUser': session.maxPerUser ?? 1,
    'lockout.maxAttempts': lockout.maxAttempts,
    'lockout.durationMs': lockout.durationMs,
  };
  for (const [name, value] of Object.entries(positive)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new OptionsError(`${name} must be a whole number above 0.`);
  }
  if (!(session.refreshGraceMs >= 0)) throw new OptionsError('session.refreshGraceMs must not be negative.');
  if (session.accessTokenTtlMs > session.refreshTokenTtlMs) {
    throw new OptionsError('session.accessTokenTtlMs must not be longer than session.refreshTokenTtlMs.');
  }
  if (!(options.rateLimitMultiplier >= 0))
    throw new OptionsError('rateLimitMultiplier must not be negative.');
  validateNetwork(options);
}

function validateNetwork(options: ResolvedCoreOptions): void {
  for (const proxy of options.trustedProxies) {
    if (isIP(proxy.split('/', 1)[0] ?? '') === 0)
      throw new OptionsError('trustedProxies must hold addresses or CIDR ranges.');
  }
  for (const origin of options.corsOrigins) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin)
      throw new OptionsError('corsOrigins must hold origins.');
  }
  if (!options.redirectAllowlist.every(isRedirectPrefix))
    throw new OptionsError('redirectAllowlist must hold absolute URLs without query and fragment.');
}
