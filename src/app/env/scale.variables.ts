import { integer, list, oneOf } from './variable.js';

/** What matters past one node. */
export const SCALE_VARIABLES = {
  DATABASE_REPLICA_URLS: list({
    description:
      'Read replicas of `DATABASE_URL`. Listings are read from them and may be a little out of date; nothing is decided by them.',
    check: assertPostgresUrl,
  }),
  SESSION_CACHE_MAX: integer({
    default: 0,
    min: 0,
    max: 1_000_000,
    description:
      'Session checks that each node keeps in memory at most, about 2 kB each; 0: none. What a node revokes counts there at once, on others within a second.',
  }),
  JOBS: oneOf(['process', 'pg-boss'], {
    default: 'process',
    description:
      'Who runs background jobs, each on one node at a time: the nodes themselves, by leases in the store, or pg-boss in the database of `DATABASE_URL`.',
  }),
};

/** What needs a database, or a PostgreSQL server. */
export function scaleContradictions(env: {
  readonly DATABASE_URL: string | null;
  readonly DATABASE_REPLICA_URLS: readonly string[];
  readonly JOBS: string;
  readonly STORE_BACKEND: string;
  readonly SESSION_CACHE_MAX: number;
}): string[] {
  const cache =
    env.SESSION_CACHE_MAX > 0 && env.STORE_BACKEND !== 'sql'
      ? ['SESSION_CACHE_MAX needs STORE_BACKEND=sql: no other store tells what has changed']
      : [];
  if (env.DATABASE_URL) return cache;
  return [
    ...cache,
    ...(env.JOBS === 'pg-boss' ? ['JOBS=pg-boss needs DATABASE_URL'] : []),
    ...(env.DATABASE_REPLICA_URLS.length > 0 ? ['DATABASE_REPLICA_URLS needs DATABASE_URL'] : []),
  ];
}

function assertPostgresUrl(item: string): void {
  if (!URL.canParse(item) || !/^postgres(ql)?:$/.test(new URL(item).protocol))
    throw new Error('must be a comma list of URLs that begin with postgres:// or postgresql://');
}
