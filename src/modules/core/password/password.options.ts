import { availableParallelism } from 'node:os';

/** How passwords are judged and hashed. Each has a default (`defaultPasswordOptions`). */
export interface PasswordOptions {
  /** What new hashes are made with; hashes of any other kind are renewed at the next login. @default 'bcrypt' */
  readonly algorithm: 'bcrypt' | 'argon2id';
  /** log2 of bcrypt's rounds, 4 to 15. Below 10 is for tests alone. @default 10 */
  readonly bcryptCost: number;
  /**
   * Hashes computed at one time. They run in libuv's pool (4 threads unless `UV_THREADPOOL_SIZE` says otherwise), which DNS
   * look-ups share. @default the number of cores
   */
  readonly concurrency: number;
  /** Places behind those that run; past them the answer is 503. @default 100 */
  readonly maxQueue: number;
  /** Least length in code points, 8 to 64. @default 8 */
  readonly minLength: number;
  /** Whether new passwords are looked up at Have I Been Pwned. @default false */
  readonly breachCheck: boolean;
}

/** Greatest length in code points after NFC. Longer passwords are refused, never cut. */
export const MAX_PASSWORD_LENGTH = 128;

/** The options of a host with every gap filled in. */
export function defaultPasswordOptions(options: Partial<PasswordOptions> = {}): PasswordOptions {
  return {
    algorithm: options.algorithm ?? 'bcrypt',
    bcryptCost: options.bcryptCost ?? 10,
    concurrency: options.concurrency ?? availableParallelism(),
    maxQueue: options.maxQueue ?? 100,
    minLength: options.minLength ?? 8,
    breachCheck: options.breachCheck ?? false,
  };
}

/** Throws a RangeError unless the option is an integer within its bounds. */
export function assertOption(name: keyof PasswordOptions, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    throw new RangeError(`password.${name} must be an integer from ${min} to ${max}`);
  }
}
