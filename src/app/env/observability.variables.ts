import { flag, oneOf, type Variable } from './variable.js';

/** Variables of the log and the metrics. */
export const OBSERVABILITY_VARIABLES = {
  METRICS: flag({
    default: false,
    description: 'Metrics for Prometheus at `/metrics`, which anybody may read who reaches it.',
  }),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace'], {
    default: 'info',
    description: 'Least level that is logged.',
  }),
  LOG_FORMAT: oneOf(['json', 'pretty', 'auto'], {
    default: 'auto',
    defaultText: 'json in production, else pretty',
    description: 'Form of the log, which goes to stdout.',
  }),
} satisfies Readonly<Record<string, Variable<unknown>>>;
