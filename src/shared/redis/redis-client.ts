import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** A command that takes longer counts as failed: a request must not wait for a cache. */
const COMMAND_TIMEOUT_MS = 1_000;
const CONNECT_TIMEOUT_MS = 2_000;
const MOST_RECONNECT_DELAY_MS = 2_000;

/**
 * Connects to Redis; needs the package `ioredis`. Commands fail at once while it is away, and work again when it is back; an outage is logged at its
 * start and at its end.
 */
export async function createRedisClient(url: string): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Queued commands would let requests pile up, and run much later than they were meant.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, MOST_RECONNECT_DELAY_MS),
    lazyConnect: true,
  });
  logOutages(redis);
  // Redis may come later than this process: the client goes on trying.
  await redis.connect().catch(() => undefined);
  return redis;
}

function logOutages(redis: Redis): void {
  const logger = new Logger('Redis');
  let away = false;
  redis.on('error', (error: Error) => {
    if (!away) logger.warn(`Redis is away: ${error.message}`);
    away = true;
  });
  redis.on('ready', () => {
    if (away) logger.log('Redis is back.');
    away = false;
  });
}
