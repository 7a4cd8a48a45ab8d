import { OptionsError } from '../core/index.js';
import { TWO_FACTOR_METHODS, type TwoFactorMethod } from './factor/two-factor.js';

const DAY_MS = 24 * 60 * 60_000;

/** `off`: nobody is asked, and nothing can be set up. `optional`: who has set one up is asked. `required`: who has none sets one up at the next sign-in. */
export type TwoFactorPolicyName = 'off' | 'optional' | 'required';

/** Behaviour of the module. Durations are milliseconds. This class is the DI token. */
export abstract class TwoFactorOptions {
  /** A `TwoFactorPolicy` can demand more of single users, never less. @default 'optional' */
  abstract readonly policy: TwoFactorPolicyName;
  /** What can be set up; what is set up already goes on. Whoever has to have a second factor can set up `totp` in any case. @default all */
  abstract readonly methods: readonly TwoFactorMethod[];
  /** How long a device is trusted. @default 30 d */
  abstract readonly trustedDeviceTtlMs: number;
}

/** @throws OptionsError */
export function resolveTwoFactorOptions({
  policy = 'optional',
  methods = TWO_FACTOR_METHODS,
  trustedDeviceTtlMs = 30 * DAY_MS,
}: Partial<TwoFactorOptions> = {}): TwoFactorOptions {
  if (!(trustedDeviceTtlMs > 0)) throw new OptionsError('twoFactor.trustedDeviceTtlMs must be above 0.');
  return Object.freeze({ policy, methods: [...methods], trustedDeviceTtlMs });
}
