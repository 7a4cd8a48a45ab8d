import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Injectable, Logger } from '@nestjs/common';
import { AccountFixture } from '../../../../test/support/account-fixture.js';
import { Notifications } from '../mail/notifications.js';
import { InMemoryOutboxRepository } from './in-memory-outbox.repository.js';
import type { OutboxRecord } from './outbox.js';
import { OutboxRepository } from './outbox.repository.js';
import { OutboxWorker } from './outbox.worker.js';

/** A store that can be cut off, and counts how often it is asked. */
@Injectable()
class CutOutbox extends InMemoryOutboxRepository {
  down = false;
  asked = 0;

  override claim(limit: number, holdMs: number, now: Date): Promise<OutboxRecord[]> {
    this.asked += 1;
    return this.down ? Promise.reject(new Error('no route to host')) : super.claim(limit, holdMs, now);
  }
}

describe(OutboxWorker.name, () => {
  const lines: string[] = [];
  let fixture: AccountFixture;
  let store: CutOutbox;

  beforeEach(async () => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] });
    fixture = await AccountFixture.create(
      {},
      { providers: [CutOutbox, { provide: OutboxRepository, useExisting: CutOutbox }] },
    );
    store = fixture.get(CutOutbox);
    const write = (level: string) => (text: string) => void lines.push(`${level} ${text}`);
    Logger.overrideLogger({ log: write('log'), warn: write('warn'), error: write('error') });
    lines.length = 0;
  });

  afterEach(async () => {
    jest.useRealTimers();
    await fixture.close();
    Logger.overrideLogger(false);
  });

  const pass = (seconds: number) => jest.advanceTimersByTimeAsync(seconds * 1_000);

  it('says once that the store is out, asks it less and less often, and says when that is over', async () => {
    await pass(5);
    expect([store.asked, lines]).toEqual([5, []]);
    store.down = true;
    store.asked = 0;
    await pass(120);
    expect(store.asked).toBeGreaterThanOrEqual(6);
    expect(store.asked).toBeLessThanOrEqual(9);
    expect(lines).toEqual(['warn The outbox cannot be read, and will be tried again: no route to host']);
    store.down = false;
    await pass(31);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^log This is over, after \d failed attempts: The outbox cannot be read\.$/),
    ]);
    store.asked = 0;
    await pass(5);
    expect(store.asked).toBe(5);
    store.down = true;
    await pass(3);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(2);
  });

  it('does not wait for the clock once a message comes in', async () => {
    store.down = true;
    await pass(120);
    store.down = false;
    await fixture.get(Notifications).email('email_removed', { to: 'ada@example.com', data: {} });
    expect(await fixture.mailed('email_removed')).toMatchObject({ to: 'ada@example.com' });
    expect(lines.at(-1)).toMatch(/^log This is over/);
  });
});
