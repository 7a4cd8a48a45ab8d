import type { Clock } from '../time/clock.js';

export interface CacheTimes {
  /** How long what was loaded is fresh. */
  readonly ttlMs: number;
  /** How much longer it serves while it cannot be loaded. */
  readonly maxStaleMs: number;
}

/** After a failure the next attempt waits so long. */
const FAILURE_COOLDOWN_MS = 30_000;

/** Something remote: loaded by one caller at a time, kept while it is fresh, and a while longer where it cannot be loaded again. */
export class CachedResource<T> {
  private loaded: { readonly value: T; readonly at: number } | undefined;
  private lastAttempt = -Infinity;
  private lastReload = -Infinity;
  private failure: unknown;
  private loading: Promise<void> | undefined;

  constructor(
    private readonly load: () => Promise<T>,
    private readonly times: CacheTimes,
    private readonly clock: Clock,
    private readonly onFailure: (error: unknown) => void = () => undefined,
  ) {}

  /** What there is, loaded first where that is not fresh; `undefined` where there is nothing that may still serve. */
  async get(): Promise<T | undefined> {
    if (this.age() > this.times.ttlMs)
      await this.refresh(this.failure === undefined ? 0 : FAILURE_COOLDOWN_MS);
    return this.current();
  }

  /** Loads a copy again that is still fresh, since something is missing in it; once in a cool-down. */
  async reload(cooldownMs: number): Promise<T | undefined> {
    const now = this.clock.now().getTime();
    if (now - this.lastReload >= cooldownMs) {
      this.lastReload = now;
      await this.refresh(0);
    }
    return this.current();
  }

  /** As `get`, where nothing can be done without. @throws the latest failure */
  async need(): Promise<T> {
    // Nothing to fall back on: whoever needs it asks again at once.
    if (this.current() === undefined) await this.refresh(0);
    const value = await this.get();
    if (value === undefined) throw this.failure;
    return value;
  }

  private current(): T | undefined {
    return this.age() <= this.times.ttlMs + this.times.maxStaleMs ? this.loaded?.value : undefined;
  }

  private age(): number {
    return this.loaded ? this.clock.now().getTime() - this.loaded.at : Infinity;
  }

  private refresh(cooldownMs: number): Promise<void> {
    if (this.loading) return this.loading;
    const now = this.clock.now().getTime();
    if (now - this.lastAttempt < cooldownMs) return Promise.resolve();
    this.lastAttempt = now;
    this.loading = this.load()
      .then(
        (value) => {
          this.loaded = { value, at: this.clock.now().getTime() };
          this.failure = undefined;
        },
        (error: unknown) => {
          this.failure = error ?? new Error('There is no reason.');
          this.onFailure(error);
        },
      )
      .finally(() => {
        this.loading = undefined;
      });
    return this.loading;
  }
}
