import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { HashQueue } from './hash-queue.js';

/** Work that ends when told to. */
function manual() {
  const started: number[] = [];
  const ends: ((outcome: 'ok' | 'failed') => void)[] = [];
  const work = (id: number) => () =>
    new Promise<number>((resolve, reject) => {
      started.push(id);
      ends[id] = (outcome) => (outcome === 'ok' ? resolve(id) : reject(new Error('failed')));
    });
  return { started, ends, work };
}

const settle = () => new Promise((resolve) => setImmediate(resolve));

describe('HashQueue', () => {
  it('runs so many at a time, in order, and refuses what does not fit', async () => {
    const queue = new HashQueue(2, 2);
    const { started, ends, work } = manual();
    const results = [0, 1, 2, 3].map((id) => queue.run(work(id)));
    await settle();
    expect(started).toEqual([0, 1]);
    expect([queue.running, queue.queued]).toEqual([2, 2]);
    await expect(queue.run(work(4))).rejects.toMatchObject({
      code: 'core.hashing_busy',
      status: 503,
      retryAfterSeconds: 1,
    });
    ends[1]?.('ok');
    await settle();
    expect(started).toEqual([0, 1, 2]);
    ends[0]?.('ok');
    ends[2]?.('ok');
    await settle();
    ends[3]?.('ok');
    expect(await Promise.all(results)).toEqual([0, 1, 2, 3]);
    expect([queue.running, queue.queued]).toEqual([0, 0]);
  });

  it('lets nobody wait for long, as far as can be told', async () => {
    const queue = new HashQueue(1, 1_000);
    await queue.run(() => sleep(100));
    let places = 0;
    const fill = (): void => {
      for (; places < 1_000; places += 1) queue.reserve();
    };
    expect(fill).toThrow(expect.objectContaining({ code: 'core.hashing_busy', retryAfterSeconds: 3 }));
    expect(places).toBeGreaterThan(10);
    expect(places).toBeLessThan(30);
  });

  it('goes on after a failure', async () => {
    const queue = new HashQueue(1, 1);
    const { ends, work } = manual();
    const first = queue.run(work(0));
    const second = queue.run(work(1));
    await settle();
    ends[0]?.('failed');
    await expect(first).rejects.toThrow('failed');
    await settle();
    ends[1]?.('ok');
    expect(await second).toBe(1);
    expect([queue.running, queue.queued]).toEqual([0, 0]);
  });

  it('a reserved place takes room in the queue, but keeps nobody from running', async () => {
    const queue = new HashQueue(1, 1);
    const place = queue.reserve();
    expect(await queue.run(() => Promise.resolve('other'))).toBe('other');
    const second = queue.reserve();
    expect(() => queue.reserve()).toThrow();
    second.release();
    second.release();
    expect(queue.queued).toBe(1);
    expect(await place.run(() => Promise.resolve('mine'))).toBe('mine');
    place.release();
    expect(queue.queued).toBe(0);
    await expect(place.run(() => Promise.resolve('late'))).rejects.toThrow('released');
  });
});
