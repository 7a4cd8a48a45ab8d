import { Injectable } from '@nestjs/common';

/** How often a cache answered by itself, and how often the store had to be asked. */
export interface CacheCount {
  readonly hits: number;
  readonly misses: number;
}

/** Counts for one cache. */
export class CacheCounter implements CacheCount {
  private hitCount = 0;
  private missCount = 0;

  get hits(): number {
    return this.hitCount;
  }

  get misses(): number {
    return this.missCount;
  }

  hit(): void {
    this.hitCount += 1;
  }

  miss(): void {
    this.missCount += 1;
  }
}

/** The counters of this process since its start, by the name of the cache: `session`, `denylist`. For metrics. */
@Injectable()
export class CacheCounters {
  private readonly counters = new Map<string, CacheCounter>();

  /** The counter of that name, made at the first call. */
  of(cache: string): CacheCounter {
    const known = this.counters.get(cache);
    if (known) return known;
    const counter = new CacheCounter();
    this.counters.set(cache, counter);
    return counter;
  }

  snapshot(): Readonly<Record<string, CacheCount>> {
    return Object.fromEntries(
      Array.from(this.counters, ([name, { hits, misses }]) => [name, { hits, misses }]),
    );
  }
}
