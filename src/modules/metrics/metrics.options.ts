import type { Registry } from 'prom-client';

/** What `metrics()` can be told. */
export interface MetricsOptions {
  /** The host's own registry of prom-client. @default one of the module's own, with the metrics of the process (`nodejs_…`, `process_…`) in it */
  readonly registry?: Registry;
  /** What the names begin with. @default 'castellan_' */
  readonly prefix?: string;
}
