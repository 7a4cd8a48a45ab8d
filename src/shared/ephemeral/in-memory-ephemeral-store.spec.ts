import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FakeClock } from '../time/fake-clock.js';
import { describeEphemeralStore } from './ephemeral-store.contract.js';
import { ExpiryQueue } from './expiry-queue.js';
import { InMemoryEphemeralStore } from './in-memory-ephemeral-store.js';

describeEphemeralStore('InMemoryEphemeralStore', () => {
  const clock = new FakeClock();
  return { store: new InMemoryEphemeralStore(clock), advance: (ms) => clock.advance(ms) };
});

describe('InMemoryEphemeralStore', () => {
  it('gives up what expires soonest when it is full', async () => {
    const store = new InMemoryEphemeralStore(new FakeClock(), { maxEntries: 3 });
    await store.set('b', 'b', 2_000);
    await store.set('a', 'a', 1_000);
    await store.set('c', 'c', 3_000);
    await store.set('d', 'd', 500);
    expect(store.size).toBe(3);
    expect(await Promise.all(['a', 'b', 'c', 'd'].map((key) => store.get(key)))).toEqual([
      null,
      'b',
      'c',
      'd',
    ]);
    await store.set('c', 'again', 10_000); // a replacement needs no room
    expect(await Promise.all(['b', 'c', 'd'].map((key) => store.get(key)))).toEqual(['b', 'again', 'd']);
  });

  it('sweeps what has expired', async () => {
    const clock = new FakeClock();
    const store = new InMemoryEphemeralStore(clock);
    for (let i = 0; i < 100; i++) await store.set(`k${i}`, '', 1_000);
    clock.advance(1_000);
    await store.set('new', '', 1_000);
    expect(store.size).toBe(1);
  });

  it('stays small under one key that is set again and again', async () => {
    const store = new InMemoryEphemeralStore(new FakeClock(), { maxEntries: 10 });
    for (let i = 0; i < 5_000; i++) await store.set(`k${i % 3}`, String(i), 1_000 + i);
    expect(await store.get('k0')).toBe('4998');
    expect(Reflect.get(store, 'queue').size).toBeLessThan(100);
  });

  it('refuses to count what is no counter', async () => {
    const store = new InMemoryEphemeralStore(new FakeClock());
    await store.set('a', 'text', 1_000);
    await expect(store.increment('a', 1_000)).rejects.toThrow(TypeError);
  });
});

describe('ExpiryQueue', () => {
  it('gives the soonest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50)), (times) => {
        const queue = new ExpiryQueue<number>();
        for (const time of times) queue.push('k', time, time);
        queue.keep((item) => item !== 7);
        const popped = Array.from({ length: queue.size }, () => queue.pop()?.item);
        expect(popped).toEqual(times.filter((time) => time !== 7).sort((a, b) => a - b));
      }),
    );
  });
});
