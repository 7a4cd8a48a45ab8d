import type PromClient from 'prom-client';
import type { Counter, Gauge, Registry } from 'prom-client';
import { OptionalPeer } from '../../shared/peers/optional-peer.js';
import type { CacheCount } from '../core/index.js';
import { CACHE_REQUESTS, type CounterName, COUNTERS, type GaugeName, GAUGES } from './metric-definitions.js';
import type { MetricsOptions } from './metrics.options.js';

const promClient = new OptionalPeer<typeof PromClient>(
  'prom-client',
  'castellan/metrics',
  async () => (await import('prom-client')).default,
);

interface Definition {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

type Labels = Readonly<Record<string, string>>;

/** The metrics, and how they are read. */
export class MetricsRegistry {
  private readonly counters: Readonly<Record<CounterName, Counter>>;
  private readonly gauges: Readonly<Record<GaugeName, Gauge>>;
  private readonly caches: Counter;

  private constructor(
    { Counter: NewCounter, Gauge: NewGauge }: typeof PromClient,
    /** prom-client's; a host may add its own metrics. */
    readonly registry: Registry,
    prefix: string,
  ) {
    const options = (definition: Definition) => ({
      name: prefix + definition.name,
      help: definition.help,
      labelNames: [...definition.labels],
      registers: [registry],
    });
    this.counters = mapped(COUNTERS, (definition) => new NewCounter(options(definition)));
    this.gauges = mapped(GAUGES, (definition) => new NewGauge(options(definition)));
    this.caches = new NewCounter(options(CACHE_REQUESTS));
  }

  /** @throws MissingPeerError */
  static async create({ registry, prefix = 'castellan_' }: MetricsOptions): Promise<MetricsRegistry> {
    const client = await promClient.load();
    if (registry) return new MetricsRegistry(client, registry, prefix);
    const own = new client.Registry();
    client.collectDefaultMetrics({ register: own });
    return new MetricsRegistry(client, own, prefix);
  }

  count(name: CounterName, labels: Labels = {}, by = 1): void {
    this.counters[name].inc(labels, by);
  }

  set(name: GaugeName, value: number, labels: Labels = {}): void {
    this.gauges[name].set(labels, value);
  }

  /** In place of what was told of the caches before. */
  setCaches(counts: Readonly<Record<string, CacheCount>>): void {
    this.caches.reset();
    for (const [cache, { hits, misses }] of Object.entries(counts)) {
      this.caches.inc({ cache, outcome: 'hit' }, hits);
      this.caches.inc({ cache, outcome: 'miss' }, misses);
    }
  }
}

function mapped<K extends string, D, V>(
  from: Readonly<Record<K, D>>,
  make: (definition: D) => V,
): Record<K, V> {
  return Object.fromEntries(
    Object.entries<D>(from).map(([name, definition]) => [name, make(definition)]),
  ) as Record<K, V>;
}
