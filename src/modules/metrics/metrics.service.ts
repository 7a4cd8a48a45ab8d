import { Injectable } from '@nestjs/common';
import { Storage } from '../../shared/persistence/storage.js';
import { CacheCounters, PasswordHasher } from '../core/index.js';
import { MetricsRegistry } from './metrics-registry.js';

/** What Prometheus is answered. */
export interface MetricsPage {
  readonly contentType: string;
  readonly text: string;
}

/** Reads the metrics. A host serves them on a route of its own, where only Prometheus comes; the standalone app at `/metrics`. */
@Injectable()
export class MetricsService {
  constructor(
    private readonly metrics: MetricsRegistry,
    private readonly hasher: PasswordHasher,
    private readonly storage: Storage,
    private readonly caches: CacheCounters,
  ) {}

  /** As it is now. With a registry of the host's, what else is in there too. */
  async page(): Promise<MetricsPage> {
    this.refresh();
    const { registry } = this.metrics;
    return { contentType: registry.contentType, text: await registry.metrics() };
  }

  /** Brings up to date what is not counted as it happens; for a host that reads its registry itself. */
  refresh(): void {
    this.metrics.set('hashes_running', this.hasher.running);
    this.metrics.set('hashes_queued', this.hasher.queued);
    const pool = this.storage.pool();
    if (pool) {
      this.metrics.set('pool', pool.idle, { state: 'idle' });
      this.metrics.set('pool', pool.total - pool.idle, { state: 'busy' });
      this.metrics.set('pool_waiting', pool.waiting);
    }
    this.metrics.setCaches(this.caches.snapshot());
  }
}
