import type { EphemeralStore } from '../ephemeral/ephemeral-store.js';
import type { Clock } from '../time/clock.js';
import { RateLimiter, type RateLimitWindow, type RateVerdict } from './rate-limiter.js';

/** Counters in an EphemeralStore: by default the memory of this node, whose clock is Castellan's. */
export class EphemeralRateLimiter extends RateLimiter {
  constructor(
    private readonly store: EphemeralStore,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async consume(key: string, { limit, windowMs }: RateLimitWindow): Promise<RateVerdict> {
    const { count, resetAt } = await this.store.increment(key, windowMs);
    return {
      allowed: count <= limit,
      retryAfterMs: Math.max(0, resetAt.getTime() - this.clock.now().getTime()),
    };
  }
}
