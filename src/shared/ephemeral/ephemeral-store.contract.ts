import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EphemeralStore } from './ephemeral-store.js';

/** An empty store, and how its time passes: a fake clock, or waiting. */
export interface EphemeralStoreUnderTest {
  readonly store: EphemeralStore;
  /** Lets this much time pass for the store. */
  advance(milliseconds: number): void | Promise<void>;
  close?(): void | Promise<void>;
}

/** What every EphemeralStore has to do. Run it on a store of your own. */
export function describeEphemeralStore(
  name: string,
  factory: () => EphemeralStoreUnderTest | Promise<EphemeralStoreUnderTest>,
): void {
  describe(`${name} is an EphemeralStore`, () => {
    let tested: EphemeralStoreUnderTest;
    let store: EphemeralStore;

    beforeEach(async () => {
      tested = await factory();
      store = tested.store;
    });
    afterEach(() => tested.close?.());

    it('gives back what was set, until it expires', async () => {
      await store.set('a', 'one', 1_000);
      expect(await store.get('a')).toBe('one');
      expect(await store.get('b')).toBeNull();
      await tested.advance(1_050);
      expect(await store.get('a')).toBeNull();
    });

    it('replaces value and lifetime', async () => {
      await store.set('a', 'one', 100);
      await store.set('a', 'two', 10_000);
      await tested.advance(150);
      expect(await store.get('a')).toBe('two');
    });

    it('keeps an empty value and any text apart from nothing', async () => {
      await store.set('', '', 1_000);
      expect(await store.get('')).toBe('');
      await store.set('__proto__', 'ä\n💥', 1_000);
      expect(await store.get('__proto__')).toBe('ä\n💥');
    });

    it('lets one of many take a value', async () => {
      await store.set('a', 'one', 1_000);
      const taken = await Promise.all(Array.from({ length: 20 }, () => store.take('a')));
      expect(taken.filter((value) => value !== null)).toEqual(['one']);
      expect(await store.get('a')).toBeNull();
    });

    it('lets nobody take an expired value', async () => {
      await store.set('a', 'one', 100);
      await tested.advance(150);
      expect(await store.take('a')).toBeNull();
    });

    it('deletes by comparison, for one of many', async () => {
      await store.set('a', 'one', 1_000);
      expect(await store.compareAndDelete('a', 'two')).toBe(false);
      expect(await store.get('a')).toBe('one');
      const deleted = await Promise.all(Array.from({ length: 20 }, () => store.compareAndDelete('a', 'one')));
      expect(deleted.filter(Boolean)).toHaveLength(1);
    });

    it('does not delete an expired value by comparison', async () => {
      await store.set('a', 'one', 100);
      await tested.advance(150);
      expect(await store.compareAndDelete('a', 'one')).toBe(false);
    });

    it('counts in a fixed window', async () => {
      const first = await store.increment('n', 1_000);
      await tested.advance(400);
      const second = await store.increment('n', 1_000);
      expect([first.count, second.count]).toEqual([1, 2]);
      expect(Math.abs(second.resetAt.getTime() - first.resetAt.getTime())).toBeLessThan(50);
      await tested.advance(650);
      const third = await store.increment('n', 1_000);
      expect(third.count).toBe(1);
      expect(third.resetAt.getTime()).toBeGreaterThan(first.resetAt.getTime());
    });

    it('loses no count', async () => {
      const counts = await Promise.all(Array.from({ length: 50 }, () => store.increment('n', 10_000)));
      expect(counts.map(({ count }) => count).sort((a, b) => a - b)).toEqual(
        counts.map((_, index) => index + 1),
      );
    });

    it('deletes, and a counter starts again', async () => {
      await store.set('a', 'one', 1_000);
      await store.increment('n', 1_000);
      await store.delete('a');
      await store.delete('n');
      await store.delete('never set');
      expect(await store.get('a')).toBeNull();
      expect((await store.increment('n', 1_000)).count).toBe(1);
    });

    it('refuses a lifetime that is not positive', async () => {
      for (const ttlMs of [0, -1, Number.NaN]) {
        await expect(store.set('a', 'one', ttlMs)).rejects.toThrow(RangeError);
        await expect(store.increment('n', ttlMs)).rejects.toThrow(RangeError);
      }
    });
  });
}
