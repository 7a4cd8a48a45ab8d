import { Logger } from '@nestjs/common';
import { CachedResource } from '../../../shared/outbound/cached-resource.js';
import type { Clock } from '../../../shared/time/clock.js';
import { jwkThumbprint } from '../keys/key-parsing.js';
import type { SigningKey } from '../keys/signing-keys.js';
import { fetchJwks } from './jwks-fetch.js';

/** A key id that is not in the set may mean that the set has changed; it is asked for again at most so often. */
const UNKNOWN_KID_COOLDOWN_MS = 30_000;

export interface RemoteJwksOptions {
  readonly url: string;
  readonly pinned: readonly SigningKey[];
  readonly cacheTtlMs: number;
  readonly maxStaleMs: number;
}

/** The keys of one issuer: cached, fetched by one request at a time, stale while it cannot be fetched, pinned where there is nothing else. */
export class RemoteJwks {
  private readonly logger = new Logger(RemoteJwks.name);
  private readonly fetched: CachedResource<readonly SigningKey[]>;

  constructor(
    private readonly options: RemoteJwksOptions,
    clock: Clock,
  ) {
    const { url, cacheTtlMs: ttlMs, maxStaleMs } = options;
    this.fetched = new CachedResource(
      () => fetchJwks(url),
      { ttlMs, maxStaleMs },
      clock,
      (error) =>
        this.logger.warn(`${url} cannot be had: ${error instanceof Error ? error.message : String(error)}`),
    );
  }

  /** The key of that id, or without an id the only key there is. */
  async find(kid: string | undefined): Promise<SigningKey | undefined> {
    const found = this.known(await this.fetched.get(), kid);
    if (found || kid === undefined) return found;
    return this.known(await this.fetched.reload(UNKNOWN_KID_COOLDOWN_MS), kid);
  }

  /** From the set that was fetched; the pinned keys count only while there is none. */
  private known(fetched: readonly SigningKey[] | undefined, kid: string | undefined): SigningKey | undefined {
    if (fetched) return pick(fetched, kid);
    return pick(this.options.pinned, kid) ?? onlyNameless(this.options.pinned);
  }
}

function pick(keys: readonly SigningKey[], kid: string | undefined): SigningKey | undefined {
  if (kid === undefined) return keys.length === 1 ? keys[0] : undefined;
  return keys.find((key) => key.kid === kid);
}

/** A key given as PEM has no name, so that no `kid` of its issuer can match; where it is the only one, it is meant. */
function onlyNameless(keys: readonly SigningKey[]): SigningKey | undefined {
  const [key] = keys;
  return keys.length === 1 && key?.publicJwk && jwkThumbprint(key.publicJwk) === key.kid ? key : undefined;
}
