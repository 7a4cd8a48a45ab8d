/** So many pass in a window; the first opens it, and later ones leave its end where it is. */
export interface RateLimitWindow {
  /** Whole number above 0. */
  readonly limit: number;
  readonly windowMs: number;
}

export interface RateVerdict {
  readonly allowed: boolean;
  /** Until the window ends. */
  readonly retryAfterMs: number;
}

/** Counts what may happen only so often. Counting is atomic, over all nodes where the counters are shared. */
export abstract class RateLimiter {
  /** Counts one use. Rejects only where nobody can count, here included: callers then refuse, since a limit that nobody counts is none. */
  abstract consume(key: string, window: RateLimitWindow): Promise<RateVerdict>;

  /** Rejects where the counters are not shared as they are meant to be; `castellan doctor` asks. */
  check(): Promise<void> {
    return Promise.resolve();
  }
}
