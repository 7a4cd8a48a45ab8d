import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { AUDIT_VARIABLES } from './audit.variables.js';
import { assertFeatureName } from './feature-names.js';
import { TWO_FACTOR_VARIABLES } from './two-factor.variables.js';
import { INVITATION_VARIABLES } from './invitation.variables.js';
import { OBSERVABILITY_VARIABLES } from './observability.variables.js';
import { ORGANIZATION_VARIABLES } from './organization.variables.js';
import { contradictions } from './contradictions.js';
import { OAUTH_VARIABLES, oauthContradictions, OIDC_FAMILY } from './oauth.variables.js';
import { SCALE_VARIABLES, scaleContradictions } from './scale.variables.js';
import { ADMIN_VARIABLES } from './admin.variables.js';
import { MAGIC_LINK_VARIABLES } from './magic-link.variables.js';
import {
  decimal,
  duration,
  flag,
  integer,
  list,
  oneOf,
  optionalFlag,
  text,
  url,
  type Variable,
} from './variable.js';
import { assertBase, assertNetwork, assertOrigin, assertRedirectPrefix } from './variable-checks.js';
import { nameInFamily, readFamily } from './variable-family.js';

/** Every variable of the standalone app. `docs/configuration.md` is written from this table. */
export const VARIABLES = {
  NODE_ENV: oneOf(['development', 'test', 'production'], {
    default: 'development',
    description:
      'In `production` nothing is generated: secrets and keys have to be given, and there are no previews.',
  }),
  PORT: integer({
    default: 3000,
    min: 0,
    max: 65535,
    description: 'Where the server listens; 0 takes a free port.',
  }),
  HOST: text({ default: '0.0.0.0', description: 'Address the server listens on.' }),
  APP_URL: url({
    default: null,
    defaultText: '`http://localhost:$PORT`',
    protocols: ['http', 'https'],
    check: assertBase,
    description: 'Public base of links and the issuer of tokens. `https` in production.',
  }),
  HTTP_ADAPTER: oneOf(['express', 'fastify'], { default: 'express', description: 'Both behave alike.' }),
  DATABASE_URL: url({
    default: null,
    defaultText: 'embedded PostgreSQL in `DATA_DIR`',
    protocols: ['postgres', 'postgresql'],
    description: 'PostgreSQL server.',
  }),
  DATA_DIR: text({ default: './.castellan', description: 'Embedded database, generated secrets and keys.' }),
  STORE_BACKEND: oneOf(['sql', 'hybrid', 'memory'], {
    default: 'sql',
    description:
      '`memory` keeps everything in memory: gone at the end. `hybrid` does too, but for single-use secrets, which lie in Redis where `REDIS_URL` is set.',
  }),
  REDIS_URL: url({
    default: null,
    protocols: ['redis', 'rediss'],
    defaultText: 'none: memory',
    description:
      'Redis 7 or later: nodes count rate limits and cool-downs together, and hear of revocations sooner.',
  }),
  DATABASE_POOL_MAX: integer({ default: 10, min: 1, max: 1000, description: 'Connections at most.' }),
  DATABASE_STATEMENT_TIMEOUT_MS: integer({
    default: 5000,
    min: 1,
    max: 600_000,
    description: 'A statement may take so long.',
  }),
  DATABASE_ACQUIRE_TIMEOUT_MS: integer({
    default: 5000,
    min: 1,
    max: 600_000,
    description: 'A request waits so long for a connection, then 503.',
  }),
  DATABASE_IDLE_TIMEOUT_MS: integer({
    default: 30_000,
    min: 0,
    max: 3_600_000,
    description: 'An idle connection is closed after; 0 never.',
  }),
  DATABASE_MAX_RETRIES: integer({
    default: 2,
    min: 0,
    max: 10,
    description: 'Repeats of a transaction that may safely be repeated.',
  }),
  DATABASE_PREPARED_STATEMENTS: flag({
    default: true,
    description: '`off` behind pgbouncer in transaction mode.',
  }),
  DATABASE_MIGRATE: flag({ default: true, description: 'Whether the start runs pending migrations.' }),
  AUTH_MODE: oneOf(['session', 'stateless'], {
    default: 'session',
    description: 'What an access token is: opaque and looked up, or a JWT.',
  }),
  AUTH_MODULES: list({
    description: 'Opt-in modules that are mounted; none: all of them.',
    check: assertFeatureName,
  }),
  AUTH_SECRETS: text({
    default: null,
    defaultText: 'made and kept in `DATA_DIR`; required in production',
    description:
      'Ordered comma list `id:base64`, at least 32 bytes each: the first encrypts and signs, all decrypt and verify.',
  }),
  AUTH_SIGNING_KEYS: text({
    default: null,
    defaultText: 'made and kept in `DATA_DIR`; required in production',
    description: 'Ordered private keys for JWTs, PEM or JWK: the first signs, all are published in the JWKS.',
  }),
  AUTH_SIGNING_KEYS_FILE: text({ default: null, description: 'The same from a file.' }),
  JWT_PUBLIC_KEYS: text({
    default: null,
    description: 'Public keys that only verify, PEM or JWK; published in the JWKS.',
  }),
  JWT_ISSUED_AUDIENCES: list({ description: '`aud` of issued tokens; none: `APP_URL`.' }),
  JWT_EXPECTED_AUDIENCES: list({ description: 'A token needs one of these; none: the issued ones.' }),
  EMAIL_VERIFICATION: oneOf(['optional', 'required'], {
    default: 'optional',
    description: '`required`: no account until the address is proven.',
  }),
  PHONE_VERIFICATION: oneOf(['optional', 'required'], {
    default: 'optional',
    description: 'The same for phone numbers.',
  }),
  REGISTRATION: oneOf(['open', 'invite_only', 'closed'], {
    default: 'open',
    description: 'Who may sign up.',
  }),
  ACCESS_TOKEN_TTL: duration({ default: '15m', description: 'Life of an access token.' }),
  REFRESH_TOKEN_TTL: duration({ default: '7d', description: 'Life of a refresh token.' }),
  SESSION_TTL: duration({ default: '30d', description: 'Absolute: refreshing never passes it.' }),
  REFRESH_GRACE: duration({
    default: '10s',
    min: '0s',
    description: 'A rotated refresh token answers with the same successor for so long.',
  }),
  SESSION_IDLE_TTL: duration({ default: null, description: 'Ends a session that was not used for so long.' }),
  SESSION_MAX_PER_USER: integer({
    default: null,
    min: 1,
    max: 10_000,
    defaultText: 'unlimited',
    description: 'Past it the oldest session is evicted.',
  }),
  TOKEN_TRANSPORT: oneOf(['bearer', 'cookie', 'both'], {
    default: 'bearer',
    description: '`cookie`: `__Host-` cookies and nothing in the body.',
  }),
  LOCKOUT_MAX_ATTEMPTS: integer({
    default: 5,
    min: 1,
    max: 100,
    description: 'Failures in a row that lock password login.',
  }),
  LOCKOUT_DURATION: duration({ default: '15m', description: 'For how long.' }),
  RATE_LIMIT_MULTIPLIER: decimal({
    default: 1,
    min: 0,
    max: 100_000,
    description: 'Scales rate limits and cool-downs; 0 turns them off, never lockout or code budgets.',
  }),
  PASSWORD_HASHER: oneOf(['bcrypt', 'argon2id'], {
    default: 'bcrypt',
    description: 'For new hashes; all known formats verify.',
  }),
  BCRYPT_COST: integer({ default: 10, min: 10, max: 15, description: 'Cost of new bcrypt hashes.' }),
  PASSWORD_MIN_LENGTH: integer({ default: 8, min: 8, max: 64, description: 'Characters; the most is 128.' }),
  PASSWORD_BREACH_CHECK: flag({
    default: false,
    description: 'Asks the HIBP range API by k-anonymity; fails open with a warning.',
  }),
  SMTP_URL: url({
    default: null,
    protocols: ['smtp', 'smtps'],
    defaultText: 'none: outside production mail goes to the log and the preview page',
    description: 'Mail server.',
  }),
  MAIL_FROM: text({ default: 'Castellan <no-reply@localhost>', description: 'Sender of mail.' }),
  SMS_WEBHOOK_URL: url({
    default: null,
    protocols: ['http', 'https'],
    defaultText: 'none: outside production as mail',
    description: 'Gets a signed POST `{to, text, purpose}` for each message.',
  }),
  SERVICE_NAME: text({ default: 'Castellan', description: 'Name of the service, in mail.' }),
  REDIRECT_ALLOWLIST: list({
    description: 'Redirect targets: origin and path prefix.',
    check: assertRedirectPrefix,
  }),
  CORS_ORIGINS: list({
    description: 'Origins of browsers that may call with credentials.',
    check: assertOrigin,
  }),
  TRUSTED_PROXIES: list({
    description: 'Addresses or CIDR ranges whose `X-Forwarded-For` counts.',
    check: assertNetwork,
  }),
  BOOTSTRAP_ADMIN_EMAIL: text({
    default: null,
    description: 'Makes the first super admin if there is none, once.',
  }),
  BOOTSTRAP_ADMIN_PASSWORD: text({ default: null, description: 'Its password.' }),
  ...SCALE_VARIABLES,
  ...TWO_FACTOR_VARIABLES,
  ...ORGANIZATION_VARIABLES,
  ...AUDIT_VARIABLES,
  ...ADMIN_VARIABLES,
  DOCS: optionalFlag({
    defaultText: 'on; off in production',
    description: 'Swagger UI at `/docs` and the document at `/openapi.json`.',
  }),
  ...OAUTH_VARIABLES,
  ...MAGIC_LINK_VARIABLES,
  ...INVITATION_VARIABLES,
  ...OBSERVABILITY_VARIABLES,
} satisfies Readonly<Record<string, Variable<unknown>>>;

/** Variables with names of the operator's choice in theirs. */
export const FAMILIES = { OAUTH_ISSUERS: OIDC_FAMILY } as const;

/** What a variable may be called. */
export type VariableName =
  | keyof typeof VARIABLES
  | `${(typeof OIDC_FAMILY)['prefix']}${string}${keyof (typeof OIDC_FAMILY)['members']}`;

export type Env = {
  readonly [Name in keyof typeof VARIABLES]: (typeof VARIABLES)[Name]['fallback'];
} & { readonly OAUTH_ISSUERS: ReturnType<typeof readFamily<(typeof OIDC_FAMILY)['members']>> };

/** A bad environment; the message names the variables and none of their values. */
export class EnvError extends Error {}

/** Reads the process's environment and, beneath it, `.env` of the working directory. @throws EnvError */
export function readEnv(): Env {
  return parseVariables(readVariables());
}

/** The same as text, for what concerns single variables. @throws EnvError */
export function readVariables(): Readonly<Partial<Record<string, string>>> {
  return { ...readDotEnv(), ...process.env };
}

/** Reads a set of variables. Empty text counts as not given. @throws EnvError */
export function parseVariables(source: Readonly<Record<string, string | undefined>>): Env {
  const problems: string[] = [];
  const read = (name: string, variable: Variable<unknown>): unknown => {
    const raw = source[name];
    if (raw === undefined || raw === '') return variable.fallback;
    try {
      return variable.parse(raw);
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : 'is not valid'}`);
      return variable.fallback;
    }
  };
  const entries = Object.entries<Variable<unknown>>(VARIABLES).map(([name, variable]) => [
    name,
    read(name, variable),
  ]);
  const families = { OAUTH_ISSUERS: readFamily(OIDC_FAMILY, source, read) };
  const env = { ...Object.fromEntries(entries), ...families } as Env;
  if (problems.length === 0)
    problems.push(
      ...contradictions(env),
      ...scaleContradictions(env),
      ...oauthContradictions(env, env.OAUTH_ISSUERS, env.NODE_ENV === 'production'),
    );
  if (problems.length > 0) throw new EnvError(problems.map((problem) => `  - ${problem}.`).join('\n'));
  return env;
}

function readDotEnv(): Record<string, string | undefined> {
  if (!existsSync('.env')) return {};
  const values = parseEnv(readFileSync('.env', 'utf8'));
  const unknown = Object.keys(values).filter((name) => !isVariable(name));
  if (unknown.length > 0)
    throw new EnvError(
      unknown.map((name) => `  - ${name} in .env is not a variable of Castellan.`).join('\n'),
    );
  return values;
}

function isVariable(name: string): boolean {
  return (
    name in VARIABLES || Object.values(FAMILIES).some((family) => nameInFamily(family, name) !== undefined)
  );
}
