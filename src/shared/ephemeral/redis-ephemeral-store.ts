import type { Redis } from 'ioredis';
import { EphemeralStore, type EphemeralCount } from './ephemeral-store.js';

const PREFIX = 'castellan:';

/** Deletes the key if it holds the value. */
const COMPARE_AND_DELETE = `
  if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
  return redis.call('DEL', KEYS[1])`;

/** The first count of a window sets its end. */
const INCREMENT = `
  local count = redis.call('INCR', KEYS[1])
  if count == 1 then redis.call('PEXPIRE', KEYS[1], ARGV[1]) end
  return { count, redis.call('PEXPIRETIME', KEYS[1]) }`;

/** The store of many nodes. Redis keeps the time: its clock ends a lifetime. Needs Redis 7. */
export class RedisEphemeralStore extends EphemeralStore {
  constructor(private readonly redis: Redis) {
    super();
  }

  override get(key: string): Promise<string | null> {
    return this.redis.get(PREFIX + key);
  }

  override async set(key: string, value: string, ttlMs: number): Promise<void> {
    await this.redis.set(PREFIX + key, value, 'PX', lifetime(ttlMs));
  }

  override take(key: string): Promise<string | null> {
    return this.redis.getdel(PREFIX + key);
  }

  override async compareAndDelete(key: string, expected: string): Promise<boolean> {
    return (await this.redis.eval(COMPARE_AND_DELETE, 1, PREFIX + key, expected)) === 1;
  }

  override async increment(key: string, ttlMs: number): Promise<EphemeralCount> {
    const answer = await this.redis.eval(INCREMENT, 1, PREFIX + key, lifetime(ttlMs));
    const [count, resetAt] = Array.isArray(answer) ? answer.map(Number) : [];
    if (count === undefined || resetAt === undefined) throw new TypeError('increment: an unknown answer');
    return { count, resetAt: new Date(resetAt) };
  }

  override async delete(key: string): Promise<void> {
    await this.redis.del(PREFIX + key);
  }
}

function lifetime(ttlMs: number): number {
  if (!Number.isFinite(ttlMs) || ttlMs <= 0)
    throw new RangeError('a lifetime is a positive number of milliseconds');
  return Math.max(1, Math.round(ttlMs));
}
