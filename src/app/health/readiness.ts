import { type BeforeApplicationShutdown, Inject, Injectable } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { Storage } from '../../shared/persistence/storage.js';
import type { ComponentHealth, ReadinessResponse } from './health.dto.js';

/** What answers later than this counts as down. */
const PING_TIMEOUT_MS = 1_500;

/** Token of the Redis client; `null` where there is none. */
export const HEALTH_REDIS = Symbol('Redis of the health check');

/** Whether this process should get requests. */
@Injectable()
export class Readiness implements BeforeApplicationShutdown {
  private stopping = false;

  constructor(
    private readonly storage: Storage,
    @Inject(HEALTH_REDIS) private readonly redis: Redis | null,
  ) {}

  beforeApplicationShutdown(): void {
    this.stopping = true;
  }

  async check(): Promise<ReadinessResponse> {
    const { redis } = this;
    const [database, shared] = await Promise.all([
      probe(() => this.storage.ping()),
      redis ? probe(() => redis.ping()) : undefined,
    ]);
    const components = { database, ...(shared && { redis: shared }) };
    if (this.stopping) return { status: 'stopping', ...components };
    const up = [database, shared].every((component) => component?.status !== 'down');
    return { status: up ? 'ok' : 'unavailable', ...components };
  }
}

async function probe(ping: () => Promise<unknown>): Promise<ComponentHealth> {
  const started = performance.now();
  const up = await answersInTime(ping);
  return { status: up ? 'up' : 'down', latency_ms: Math.round((performance.now() - started) * 10) / 10 };
}

async function answersInTime(ping: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PING_TIMEOUT_MS);
  });
  const answer = ping().then(
    () => true,
    () => false,
  );
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
