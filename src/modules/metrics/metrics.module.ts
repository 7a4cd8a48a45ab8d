import { type DynamicModule, Module } from '@nestjs/common';
import { EventMetrics } from './event-metrics.js';
import { MetricsRegistry } from './metrics-registry.js';
import type { MetricsOptions } from './metrics.options.js';
import { MetricsService } from './metrics.service.js';

/** Prometheus metrics; needs the package `prom-client`. Only listens, and brings no route: who may read them is the host's to say. */
@Module({})
export class MetricsModule {
  static forRoot(options: MetricsOptions = {}): DynamicModule {
    return {
      module: MetricsModule,
      providers: [
        { provide: MetricsRegistry, useFactory: () => MetricsRegistry.create(options) },
        EventMetrics,
        MetricsService,
      ],
      exports: [MetricsRegistry, MetricsService],
    };
  }
}

/** For `CastellanModule.forRoot({ modules: [metrics()] })`. */
export function metrics(options?: MetricsOptions): () => DynamicModule {
  return () => MetricsModule.forRoot(options);
}
