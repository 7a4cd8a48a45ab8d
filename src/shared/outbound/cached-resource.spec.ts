import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../time/fake-clock.js';
import { CachedResource } from './cached-resource.js';

function resource() {
  const clock = new FakeClock(new Date('2026-01-01T00:00:00Z'));
  const state = { loads: 0, fails: false };
  const load = async (): Promise<number> => {
    state.loads += 1;
    await Promise.resolve();
    if (state.fails) throw new Error('It is down.');
    return state.loads;
  };
  const cached = new CachedResource(load, { ttlMs: 1_000, maxStaleMs: 60_000 }, clock);
  return { cached, clock, state };
}

describe('a cached resource', () => {
  it('is loaded once for whoever asks at once, and again when it is no longer fresh', async () => {
    const { cached, clock, state } = resource();
    expect(await Promise.all(Array.from({ length: 50 }, () => cached.need()))).toEqual(Array(50).fill(1));
    clock.advance(1_000);
    expect(await cached.get()).toBe(1);
    clock.advance(1);
    expect(await cached.get()).toBe(2);
    expect(state.loads).toBe(2);
  });

  it('serves a while longer where it cannot be loaded, and asks no more than now and then', async () => {
    const { cached, clock, state } = resource();
    await cached.need();
    state.fails = true;
    clock.advance(1_001);
    expect(await cached.need()).toBe(1);
    expect(await cached.need()).toBe(1);
    expect(state.loads).toBe(2);
    clock.advance(30_000);
    state.fails = false;
    expect(await cached.need()).toBe(3);
    state.fails = true;
    clock.advance(61_001);
    expect(await cached.get()).toBeUndefined();
    await expect(cached.need()).rejects.toThrow('It is down.');
  });

  it('is loaded again for what is missing in it, once in a cool-down', async () => {
    const { cached, clock } = resource();
    await cached.need();
    expect(await cached.reload(500)).toBe(2);
    expect(await cached.reload(500)).toBe(2);
    clock.advance(500);
    expect(await cached.reload(500)).toBe(3);
  });

  it('fails with the reason where there was nothing yet, and recovers at once', async () => {
    const { cached, state } = resource();
    state.fails = true;
    await expect(cached.need()).rejects.toThrow('It is down.');
    expect(await cached.get()).toBeUndefined();
    state.fails = false;
    expect(await cached.need()).toBe(2);
  });
});
