import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { RateLimiter, type RateLimitWindow, type RateVerdict } from './rate-limiter.js';

/** So long after a failure Redis is not asked: a Redis that hangs must not slow every request down by its timeout. */
const PAUSE_MS = 1_000;

interface Pair {
  readonly shared: RateLimiterAbstract;
  readonly local: RateLimiterAbstract;
}

/**
 * Counters in Redis, shared by every node. While Redis is away each node counts by itself, with the same limits: they are never off, and at worst hold
 * once a node. A key that is over its limit is refused from memory until its window ends, so that a flood does not reach Redis.
 */
export class RedisRateLimiter extends RateLimiter {
  private readonly logger = new Logger('RateLimiter');
  /** By window: the library keeps one limiter for each. */
  private readonly limiters = new Map<string, Pair>();
  /** On the monotonic clock. */
  private pausedUntil = -Infinity;
  private away = false;

  constructor(private readonly redis: Redis) {
    super();
  }

  override async consume(key: string, window: RateLimitWindow): Promise<RateVerdict> {
    const { shared, local } = this.limitersOf(window);
    if (performance.now() < this.pausedUntil) return verdictOf(local, key);
    try {
      const verdict = await verdictOf(shared, key);
      if (this.away) this.logger.log('Rate limits are counted over all nodes again.');
      this.away = false;
      return verdict;
    } catch (error) {
      this.pausedUntil = performance.now() + PAUSE_MS;
      if (!this.away)
        this.logger.warn(
          `Rate limits are counted on this node alone: ${error instanceof Error ? error.message : String(error)}`,
        );
      this.away = true;
      return verdictOf(local, key);
    }
  }

  override async check(): Promise<void> {
    await this.redis.ping();
  }

  private limitersOf({ limit, windowMs }: RateLimitWindow): Pair {
    const name = `${limit}/${windowMs}`;
    let pair = this.limiters.get(name);
    if (!pair) {
      const options = { points: limit, duration: Math.ceil(windowMs / 1000) };
      pair = {
        shared: new RateLimiterRedis({
          ...options,
          storeClient: this.redis,
          keyPrefix: 'castellan:limit',
          rejectIfRedisNotReady: true,
          inMemoryBlockOnConsumed: limit + 1,
        }),
        local: new RateLimiterMemory(options),
      };
      this.limiters.set(name, pair);
    }
    return pair;
  }
}

/** @throws what the store throws; the library throws the refusal too */
async function verdictOf(limiter: RateLimiterAbstract, key: string): Promise<RateVerdict> {
  try {
    return { allowed: true, retryAfterMs: (await limiter.consume(key)).msBeforeNext };
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return { allowed: false, retryAfterMs: refusal.msBeforeNext };
    throw refusal;
  }
}
