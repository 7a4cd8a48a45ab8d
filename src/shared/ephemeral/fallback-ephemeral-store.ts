import { EphemeralStore, type EphemeralCount } from './ephemeral-store.js';

/**
 * A shared store with one of this node behind it. While the shared one is away, counters go on here: limits hold on each node by itself, and are never
 * off. Values are not served from here, since a stale one may be wrong: reading them fails.
 */
export class FallbackEphemeralStore extends EphemeralStore {
  constructor(
    private readonly shared: EphemeralStore,
    private readonly local: EphemeralStore,
  ) {
    super();
  }

  override get(key: string): Promise<string | null> {
    return this.shared.get(key);
  }

  override set(key: string, value: string, ttlMs: number): Promise<void> {
    return this.shared.set(key, value, ttlMs);
  }

  override take(key: string): Promise<string | null> {
    return this.shared.take(key);
  }

  override compareAndDelete(key: string, expected: string): Promise<boolean> {
    return this.shared.compareAndDelete(key, expected);
  }

  override async increment(key: string, ttlMs: number): Promise<EphemeralCount> {
    try {
      return await this.shared.increment(key, ttlMs);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      return this.local.increment(key, ttlMs);
    }
  }

  override delete(key: string): Promise<void> {
    return this.shared.delete(key);
  }
}
