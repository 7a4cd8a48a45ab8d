import { OptionsError } from '../core/index.js';

/** How session checks are remembered. */
export interface SessionCacheOptions {
  /** Sessions at most, some two kilobytes each; those used longest ago make room. 0: none, and every request asks the database. @default 0 */
  readonly maxEntries: number;
  /** Milliseconds between two looks at what other nodes have changed. @default 500 */
  readonly pollIntervalMs: number;
  /** Once the last successful look is older (milliseconds), every request asks the database. @default 1000 */
  readonly staleAfterMs: number;
}

/** Options of session mode. This class is the DI token. */
export abstract class SessionModeOptions {
  abstract readonly cache: SessionCacheOptions;
}

/** @throws OptionsError */
export function resolveSessionModeOptions(given: {
  readonly cache?: Partial<SessionCacheOptions>;
}): SessionModeOptions {
  const { maxEntries = 0, pollIntervalMs = 500, staleAfterMs = 1_000 } = given.cache ?? {};
  if (!Number.isInteger(maxEntries) || maxEntries < 0)
    throw new OptionsError('session.cache.maxEntries must be a whole number, 0 or more.');
  if (!(pollIntervalMs > 0) || !(staleAfterMs > 0))
    throw new OptionsError('session.cache.pollIntervalMs and session.cache.staleAfterMs must be above 0.');
  return Object.freeze({ cache: Object.freeze({ maxEntries, pollIntervalMs, staleAfterMs }) });
}
