/** Where a counter stands. */
export interface EphemeralCount {
  readonly count: number;
  /** When the window ends and the counter starts again. */
  readonly resetAt: Date;
}

/**
 * Short-lived state that may be lost: rate limits, cool-downs, caches. What has to hold, such as a single-use secret, lives in the
 * database. One node keeps it in memory, many in Redis. Every method is atomic; a lifetime is in milliseconds and positive.
 */
export abstract class EphemeralStore {
  /** The value, or null where there is none or it has expired. */
  abstract get(key: string): Promise<string | null>;
  /** Sets value and lifetime, in place of earlier ones. */
  abstract set(key: string, value: string, ttlMs: number): Promise<void>;
  /** Reads and deletes in one step: of many callers at once, one gets the value. */
  abstract take(key: string): Promise<string | null>;
  /** Deletes the key if it has this value still; whether it did. */
  abstract compareAndDelete(key: string, expected: string): Promise<boolean>;
  /** Counts in a fixed window: the first call opens it for `ttlMs`, later ones leave its end where it is. */
  abstract increment(key: string, ttlMs: number): Promise<EphemeralCount>;
  abstract delete(key: string): Promise<void>;
}
