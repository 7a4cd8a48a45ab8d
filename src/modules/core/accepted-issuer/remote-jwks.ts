import type { Clock } from '../../../shared/time/clock.js';
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
    const found = pick(this.available(), kid);
    if (found || kid === undefined) return found;
    await this.refresh(UNKNOWN_KID_COOLDOWN_MS);
    return pick(this.available(), kid);
  }

  private available(): readonly SigningKey[] {
    if (this.fetched && this.age() <= this.options.cacheTtlMs + this.options.maxStaleMs)
      return this.fetched.keys;
    return this.options.pinned;
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
        () => {
          this.lastFailed = true;
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
