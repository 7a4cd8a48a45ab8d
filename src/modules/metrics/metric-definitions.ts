/** What is counted as it happens. */
export const COUNTERS = {
  logins: {
    name: 'logins_total',
    help: 'Sign-ins by outcome and method (amr; several joined by +).',
    labels: ['outcome', 'method'],
  },
  login_failures: {
    name: 'login_failures_total',
    help: 'Refused sign-ins by reason.',
    labels: ['reason'],
  },
  challenges: {
    name: 'challenges_total',
    help: 'Sign-ins that were asked for more than the first proof: issued, passed.',
    labels: ['outcome'],
  },
  lockouts: {
    name: 'lockouts_total',
    help: 'Accounts that were locked after failures in a row.',
    labels: [],
  },
  registrations: { name: 'registrations_total', help: 'Accounts made.', labels: [] },
  refreshes: { name: 'refreshes_total', help: 'Access tokens that were refreshed.', labels: [] },
  refresh_reuses: {
    name: 'refresh_reuses_total',
    help: 'Rotated refresh tokens that came back after their grace.',
    labels: [],
  },
  revocations: {
    name: 'session_revocations_total',
    help: 'Sessions that were ended, by reason.',
    labels: ['reason'],
  },
  events: {
    name: 'events_total',
    help: 'Events that leave an audit record, by its action.',
    labels: ['action', 'severity'],
  },
} as const;

export type CounterName = keyof typeof COUNTERS;

/** What is read when somebody asks. */
export const GAUGES = {
  hashes_running: {
    name: 'password_hashes_running',
    help: 'Password hashes that are being computed.',
    labels: [],
  },
  hashes_queued: {
    name: 'password_hashes_queued',
    help: 'Password hashes that wait for their turn.',
    labels: [],
  },
  pool: {
    name: 'database_connections',
    help: 'Connections of the database pool.',
    labels: ['state'],
  },
  pool_waiting: { name: 'database_waiting', help: 'Requests that wait for a connection.', labels: [] },
} as const;

export type GaugeName = keyof typeof GAUGES;

/** A counter too, but of what the caches have counted themselves. */
export const CACHE_REQUESTS = {
  name: 'cache_requests_total',
  help: 'Questions to a cache, by outcome: hit, miss.',
  labels: ['cache', 'outcome'],
} as const;
