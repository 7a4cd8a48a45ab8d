import { Logger } from '@nestjs/common';
import type { Clock } from '../../../shared/time/clock.js';
import { jwkThumbprint } from '../keys/key-parsing.js';
import type { SigningKey } from '../keys/signing-keys.js';
import { fetchJwks } from './jwks-fetch.js';

/** A key id that is not in the set may mean that the set has changed; it is asked for again at most so often. */
const UNKNOWN_KID_COOLDOWN_MS = 30_000;
/** After a failed fetch the next one waits so long. */
const FAILURE_COOLDOWN_MS = 30_000;

export interface RemoteJwksOptions {
  readonly url: string;
  readonly pinned: readonly SigningKey[];
  readonly cacheTtlMs: number;
  readonly maxStaleMs: number;
}

interface FetchedSet {
  readonly keys: readonly SigningKey[];
  readonly at: number;
}

/** The keys of one issuer: cached, fetched by one request at a time, stale while it cannot be fetched, pinned where there is nothing else. */
export class RemoteJwks {
  private readonly logger = new Logger(RemoteJwks.name);
  private fetched: FetchedSet | undefined;
  private lastAttempt = -Infinity;
  private lastFailed = false;
  private fetching: Promise<void> | undefined;

  constructor(
    private readonly options: RemoteJwksOptions,
    private readonly clock: Clock,
  ) {}

  /** The key of that id, or without an id the only key there is. */
  async find(kid: string | undefined): Promise<SigningKey | undefined> {
    if (this.age() > this.options.cacheTtlMs) await this.refresh(this.lastFailed ? FAILURE_COOLDOWN_MS : 0);
    const found = this.known(kid);
    if (found || kid === undefined) return found;
    await this.refresh(UNKNOWN_KID_COOLDOWN_MS);
    return this.known(kid);
  }

  /** From the set that was fetched; the pinned keys count only while there is none. */
  private known(kid: string | undefined): SigningKey | undefined {
    if (this.fetched && this.age() <= this.options.cacheTtlMs + this.options.maxStaleMs)
      return pick(this.fetched.keys, kid);
    return pick(this.options.pinned, kid) ?? onlyNameless(this.options.pinned);
  }

  private age(): number {
    return this.fetched ? this.clock.now().getTime() - this.fetched.at : Infinity;
  }

  private refresh(cooldownMs: number): Promise<void> {
    if (this.fetching) return this.fetching;
    if (this.clock.now().getTime() - this.lastAttempt < cooldownMs) return Promise.resolve();
    this.lastAttempt = this.clock.now().getTime();
    this.fetching = fetchJwks(this.options.url)
      .then(
        (keys) => {
          this.fetched = { keys, at: this.clock.now().getTime() };
          this.lastFailed = false;
        },
        (error: unknown) => {
          this.lastFailed = true;
          this.logger.warn(
            `${this.options.url} cannot be had: ${error instanceof Error ? error.message : String(error)}`,
          );
        },
      )
      .finally(() => {
        this.fetching = undefined;
      });
    return this.fetching;
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
