import { OptionsError } from '../core/index.js';

/** How the denylist follows the revocations of other nodes. This class is the DI token. */
export abstract class StatelessOptions {
  /** Milliseconds between two looks at the store. @default 500 */
  abstract readonly pollIntervalMs: number;
  /** Once the last successful look is older (milliseconds), the store is asked on every request. @default 1000 */
  abstract readonly staleAfterMs: number;
  /** Revocations that are kept in memory at most. While there are more, tokens are looked up in the store. @default 100000 */
  abstract readonly maxEntries: number;
}

/** @throws OptionsError */
export function resolveStatelessOptions({
  pollIntervalMs = 500,
  staleAfterMs = 1_000,
  maxEntries = 100_000,
}: Partial<StatelessOptions> = {}): StatelessOptions {
  if (!(pollIntervalMs > 0) || !(staleAfterMs > 0))
    throw new OptionsError('stateless.pollIntervalMs and stateless.staleAfterMs must be above 0.');
  if (!Number.isInteger(maxEntries) || maxEntries < 1)
    throw new OptionsError('stateless.maxEntries must be a whole number above 0.');
  return Object.freeze({ pollIntervalMs, staleAfterMs, maxEntries });
}
