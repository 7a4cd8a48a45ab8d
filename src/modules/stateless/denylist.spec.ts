import { afterEach, describe, expect, it } from '@jest/globals';
import { NoFanOut } from '../../shared/fan-out/fan-out.js';
import { CacheCounters } from '../core/index.js';
import { FakeClock } from '../../shared/time/fake-clock.js';
import { InMemoryDatabase } from '../../shared/persistence/in-memory-database.js';
import type { BlacklistEntry, TokenReference } from './blacklist/blacklist.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { InMemoryBlacklistRepository } from './blacklist/in-memory-blacklist.repository.js';
import { Denylist } from './denylist.js';
import { DenylistFeed } from './denylist-feed.js';
import { resolveStatelessOptions, type StatelessOptions } from './stateless.options.js';

/** A store that counts what it is asked, and can be cut off. */
class Wire extends BlacklistRepository {
  asked = 0;
  down = false;

  constructor(private readonly store: BlacklistRepository) {
    super();
  }

  override add(entries: readonly BlacklistEntry[]) {
    return this.store.add(entries);
  }

  override async since(after: Date | null, now: Date) {
    if (this.down) throw new Error('down');
    return this.store.since(after, now);
  }

  override async isRevoked(token: TokenReference, now: Date) {
    this.asked++;
    if (this.down) throw new Error('down');
    return this.store.isRevoked(token, now);
  }

  override deleteExpired(now: Date, limit: number) {
    return this.store.deleteExpired(now, limit);
  }
}

const feeds: DenylistFeed[] = [];
afterEach(() => Promise.all(feeds.splice(0).map((feed) => feed.beforeApplicationShutdown())));

const clock = new FakeClock();
const later = (ms: number) => new Date(clock.now().getTime() + ms);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function node(store: BlacklistRepository, settings: Partial<StatelessOptions> = {}) {
  const wire = new Wire(store);
  const options = resolveStatelessOptions(settings);
  const counters = new CacheCounters();
  const denylist = new Denylist(wire, clock, options, counters);
  const feed = new DenylistFeed(wire, denylist, new NoFanOut(), clock, options);
  feeds.push(feed);
  return { wire, denylist, feed, counters };
}

const newStore = () => new InMemoryBlacklistRepository(new InMemoryDatabase());
const session = (sessionId: string, ms = 60_000): BlacklistEntry => ({
  id: sessionId,
  kind: 'session',
  userId: 'u1',
  sessionId,
  expiresAt: later(ms),
});
const user = (minTokenVersion: number, keptSessionId: string | null): BlacklistEntry => ({
  id: `u1-${minTokenVersion}`,
  kind: 'user',
  userId: 'u1',
  minTokenVersion,
  keptSessionId,
  expiresAt: later(60_000),
});
const claims = (minClaimsVersion: number): BlacklistEntry => ({
  id: `c1-${minClaimsVersion}`,
  kind: 'claims',
  userId: 'u1',
  minClaimsVersion,
  expiresAt: later(60_000),
});
const token = (sessionId: string, tokenVersion = 0, userId = 'u1', claimsVersion = 0): TokenReference => ({
  sessionId,
  userId,
  tokenVersion,
  claimsVersion,
});

describe(Denylist.name, () => {
  it('answers by itself while it is fresh', async () => {
    const { wire, denylist, feed } = node(newStore());
    await feed.onApplicationBootstrap();
    denylist.add([session('s1')]);
    expect([denylist.isRevoked(token('s1')), denylist.isRevoked(token('s2'))]).toEqual([true, false]);
    expect(wire.asked).toBe(0);
  });

  it('bars a user below a version, but for the session that goes on', async () => {
    const { denylist, feed } = node(newStore());
    await feed.poll();
    denylist.add([user(2, 's1'), user(1, null)]);
    const answers = [token('s1', 1), token('s2', 1), token('s2', 2), token('s2', 1, 'u2')].map((one) =>
      denylist.isRevoked(one),
    );
    expect(answers).toEqual([false, true, false, false]);
    denylist.add([user(3, 's4')]);
    expect([token('s1', 2), token('s4', 2), token('s5', 3)].map((one) => denylist.isRevoked(one))).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('bars what a user’s tokens said before a change, here and in the store', async () => {
    const store = newStore();
    const { denylist, feed } = node(store);
    await feed.poll();
    const read = [token('s1', 9, 'u1', 1), token('s1', 9, 'u1', 2), token('s1', 0, 'u2', 0)];
    const entries = [claims(2), claims(1), user(3, null)];
    denylist.add(entries);
    await store.add(entries);
    expect(read.map((one) => denylist.isRevoked(one))).toEqual([true, false, false]);
    expect(await Promise.all(read.map((one) => store.isRevoked(one, clock.now())))).toEqual([
      true,
      false,
      false,
    ]);
    expect(denylist.size).toBe(2);
    clock.advance(60_001);
    denylist.sweep();
    expect(denylist.size).toBe(0);
  });

  it('asks the store when it has heard nothing for a second, and refuses where that is silent', async () => {
    const store = newStore();
    const { wire, denylist, feed } = node(store, { pollIntervalMs: 60_000, staleAfterMs: 30 });
    await feed.onApplicationBootstrap();
    await store.add([session('s1')]);
    expect(denylist.isRevoked(token('s1'))).toBe(false);
    await pause(40);
    expect(await denylist.isRevoked(token('s1'))).toBe(true);
    expect(await denylist.isRevoked(token('s2'))).toBe(false);
    expect(wire.asked).toBe(2);
    wire.down = true;
    await expect(denylist.isRevoked(token('s2'))).rejects.toMatchObject({
      code: 'core.unavailable',
      status: 503,
    });
    wire.down = false;
    await feed.poll();
    expect([denylist.isRevoked(token('s1')), denylist.isRevoked(token('s2'))]).toEqual([true, false]);
  });

  it('knows before its first look nothing, and so asks', async () => {
    const { wire, denylist, feed } = node(newStore());
    wire.down = true;
    await feed.onApplicationBootstrap();
    await expect(denylist.isRevoked(token('s1'))).rejects.toMatchObject({ status: 503 });
  });

  it('is bounded: what it has no room for is looked up in the store, until that has expired', async () => {
    const store = newStore();
    const { denylist, feed, wire, counters } = node(store, { maxEntries: 2 });
    await store.add([session('s1', 9_000), session('s2', 9_000), session('s3', 1_000)]);
    await feed.onApplicationBootstrap();
    expect(denylist.size).toBe(2);
    const revoked = [];
    for (const id of ['s1', 's2', 's3', 's4']) revoked.push(await denylist.isRevoked(token(id)));
    expect(revoked).toEqual([true, true, true, false]);
    const { hits, misses } = counters.of('denylist');
    expect([hits + misses, misses]).toEqual([4, wire.asked]);
    expect(wire.asked).toBeGreaterThanOrEqual(2);
    clock.advance(8_000);
    expect(denylist.isRevoked(token('s4'))).toBe(false);
  });

  it('forgets what has expired', async () => {
    const { denylist } = node(newStore());
    denylist.add([session('s1', 1_000), session('s2', 3_000), user(2, null)]);
    clock.advance(2_000);
    denylist.sweep();
    expect(denylist.size).toBe(2);
    clock.advance(60_000);
    denylist.sweep();
    expect(denylist.size).toBe(0);
  });
});

describe(DenylistFeed.name, () => {
  it('loads what was revoked before the start', async () => {
    const store = newStore();
    await store.add([session('s1'), user(2, null)]);
    const { denylist, feed } = node(store);
    await feed.onApplicationBootstrap();
    expect([denylist.isRevoked(token('s1', 5)), denylist.isRevoked(token('s9', 1))]).toEqual([true, true]);
  });

  it('hears of other nodes’ revocations, again and again', async () => {
    const store = newStore();
    const { denylist, feed, wire } = node(store, { pollIntervalMs: 20 });
    await feed.onApplicationBootstrap();
    for (const id of ['s1', 's2', 's3']) {
      await store.add([session(id)]);
      await pause(100);
      expect(denylist.isRevoked(token(id))).toBe(true);
    }
    expect(wire.asked).toBe(0);
  });
});
