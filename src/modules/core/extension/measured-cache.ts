import { DiscoveryService } from '@nestjs/core';

/** How a cache has served since the start. */
export interface CacheUse {
  readonly hits: number;
  readonly misses: number;
}

/** A cache whose use the module `metrics` tells. Implementations carry `@MeasuresCache()`. */
export abstract class MeasuredCache {
  /** Short and constant: `sessions`, `oauth_documents`. */
  abstract readonly cacheName: string;
  abstract use(): CacheUse;
}

export const MeasuresCache = DiscoveryService.createDecorator<{ order: number }>();
