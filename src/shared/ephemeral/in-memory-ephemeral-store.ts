import type { Clock } from '../time/clock.js';
import { EphemeralStore, type EphemeralCount } from './ephemeral-store.js';
import { ExpiryQueue } from './expiry-queue.js';

interface Entry {
  value: string;
  readonly expiresAt: number;
}

/** The limit where none is given. */
export const DEFAULT_MAX_ENTRIES = 100_000;

/**
 * The store of one node. Writing sweeps what has expired; when it is full all the same, what would expire soonest makes room.
 * Nothing is awaited between reading and writing, so every method is atomic.
 */
export class InMemoryEphemeralStore extends EphemeralStore {
  private readonly entries = new Map<string, Entry>();
  private readonly queue = new ExpiryQueue<Entry>();
  private readonly maxEntries: number;

  constructor(
    private readonly clock: Clock,
    options: { maxEntries?: number } = {},
  ) {
    super();
    this.maxEntries = options.maxEntries ?? DEFAULT_MAX_ENTRIES;
    if (!Number.isInteger(this.maxEntries) || this.maxEntries < 1) {
      throw new RangeError('maxEntries is a whole number above 0');
    }
  }

  /** How many entries are held, expired ones that were not swept yet included. */
  get size(): number {
    return this.entries.size;
  }

  override async get(key: string): Promise<string | null> {
    return this.live(key)?.value ?? null;
  }

  override async set(key: string, value: string, ttlMs: number): Promise<void> {
    this.put(key, value, ttlMs);
  }

  override async take(key: string): Promise<string | null> {
    const entry = this.live(key);
    this.entries.delete(key);
    return entry?.value ?? null;
  }

  override async compareAndDelete(key: string, expected: string): Promise<boolean> {
    return this.live(key)?.value === expected && this.entries.delete(key);
  }

  override async increment(key: string, ttlMs: number): Promise<EphemeralCount> {
    const entry = this.live(key) ?? this.put(key, '0', ttlMs);
    const count = Number(entry.value) + 1;
    if (!Number.isSafeInteger(count)) throw new TypeError('increment: the key does not hold a counter');
    entry.value = String(count);
    return { count, resetAt: new Date(entry.expiresAt) };
  }

  override async delete(key: string): Promise<void> {
    this.entries.delete(key);
  }

  private live(key: string): Entry | undefined {
    const entry = this.entries.get(key);
    return entry && entry.expiresAt > this.clock.now().getTime() ? entry : undefined;
  }

  private put(key: string, value: string, ttlMs: number): Entry {
    if (!Number.isFinite(ttlMs) || ttlMs <= 0)
      throw new RangeError('a lifetime is a positive number of milliseconds');
    const now = this.clock.now().getTime();
    const entry: Entry = { value, expiresAt: now + ttlMs };
    this.entries.delete(key);
    this.makeRoom(now);
    this.entries.set(key, entry);
    this.queue.push(key, entry.expiresAt, entry);
    // Entries that were replaced or deleted stay in the queue until their time; rebuilt when they are the greater part.
    if (this.queue.size > 2 * this.entries.size + 64)
      this.queue.keep((item, at) => this.entries.get(at) === item);
    return entry;
  }

  private makeRoom(now: number): void {
    for (let next = this.queue.peek(); next; next = this.queue.peek()) {
      const stale = this.entries.get(next.key) !== next.item;
      if (!stale && next.expiresAt > now && this.entries.size < this.maxEntries) return;
      this.queue.pop();
      if (!stale) this.entries.delete(next.key);
    }
  }
}
