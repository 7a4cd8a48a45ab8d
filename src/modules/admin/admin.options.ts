import { LONGEST_IMPERSONATION_MS, OptionsError } from '../core/index.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** What `admin()` can be told. Durations are milliseconds. */
export abstract class AdminOptions {
  /** How long somebody is impersonated at most; an hour at most. @default 1 h */
  abstract readonly impersonationTtlMs: number;
  /** Life of the link by which a user whom an administrator made, or whose password was voided, chooses one. @default 24 h */
  abstract readonly passwordLinkTtlMs: number;
}

/** @throws OptionsError */
export function resolveAdminOptions({
  impersonationTtlMs = LONGEST_IMPERSONATION_MS,
  passwordLinkTtlMs = 24 * HOUR,
}: Partial<AdminOptions> = {}): AdminOptions {
  const wrong = (value: number): boolean => !Number.isSafeInteger(value) || value < MINUTE;
  if (wrong(impersonationTtlMs) || impersonationTtlMs > LONGEST_IMPERSONATION_MS)
    throw new OptionsError('admin.impersonationTtlMs lies between a minute and an hour, in milliseconds.');
  if (wrong(passwordLinkTtlMs))
    throw new OptionsError('admin.passwordLinkTtlMs is a minute at least, in whole milliseconds.');
  return Object.freeze({ impersonationTtlMs, passwordLinkTtlMs });
}
