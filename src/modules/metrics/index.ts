export { MetricsRegistry } from './metrics-registry.js';
export { metrics, MetricsModule } from './metrics.module.js';
export type { MetricsOptions } from './metrics.options.js';
export { type MetricsPage, MetricsService } from './metrics.service.js';
