import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { OutboxRecord } from '../../modules/core/outbox/outbox.js';
import { OutboxRepository } from '../../modules/core/outbox/outbox.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';

const HOLD_MS = MINUTE_MS;

function newMessage(values: Partial<OutboxRecord> = {}): OutboxRecord {
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    topic: 'mail',
    payload: 'v1.sealed',
    attempts: 0,
    availableAt: NOW,
    claimedUntil: null,
    doneAt: null,
    failedAt: null,
    lastError: null,
    createdAt: NOW,
    ...values,
  };
}

/** What every OutboxRepository has to do. Run it on a store of your own; it needs the TransactionRunner too. */
export function describeOutboxRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an OutboxRepository`, setup, (ports) => {
    const outbox = () => ports(OutboxRepository);
    const claim = (now = NOW, limit = 100) => outbox().claim(limit, HOLD_MS, now);

    it('claims what is due, for a while', async () => {
      const message = newMessage();
      await outbox().add(message);
      await outbox().add(newMessage({ availableAt: later(1) }));
      expect(await claim()).toEqual([{ ...message, attempts: 1, claimedUntil: later(HOLD_MS) }]);
      expect(await claim()).toEqual([]);
      expect(await claim(later(HOLD_MS - 1))).toHaveLength(1);
      expect(await claim(later(HOLD_MS + 1))).toEqual([
        { ...message, attempts: 2, claimedUntil: later(2 * HOLD_MS + 1) },
      ]);
    });

    it('holds on to what its claimer is still working at, and nobody else’s', async () => {
      const message = newMessage();
      await outbox().add(message);
      await claim();
      await outbox().extend(message.id, 2, later(9 * HOLD_MS));
      await outbox().extend(message.id, 1, later(2 * HOLD_MS));
      expect(await claim(later(HOLD_MS + 1))).toEqual([]);
      expect(await claim(later(2 * HOLD_MS + 1))).toMatchObject([{ attempts: 2 }]);
    });

    it('claims the longest due first, so many at most', async () => {
      const made = [3, 1, 2].map((age) => newMessage({ availableAt: later(-age) }));
      for (const message of made) await outbox().add(message);
      const first = await claim(NOW, 2);
      expect(first.map(({ id }) => id).sort()).toEqual([made[0]?.id, made[2]?.id].sort());
      expect((await claim(NOW, 2)).map(({ id }) => id)).toEqual([made[1]?.id]);
    });

    it('gives each message to one of many workers', async () => {
      const made = Array.from({ length: 40 }, () => newMessage());
      await Promise.all(made.map((message) => outbox().add(message)));
      const claimed: string[] = [];
      // Rows that another worker holds at that very moment are skipped, and come in a later round.
      for (let round = 0; round < 20 && claimed.length < made.length; round += 1)
        claimed.push(...(await simultaneously(8, () => claim(NOW, 5))).flat().map(({ id }) => id));
      expect(claimed.sort()).toEqual(made.map(({ id }) => id).sort());
    });

    it('completes for good, and forgets the payload', async () => {
      const { id } = await added();
      await claim();
      await outbox().complete(id, 1, later(1));
      expect(await claim(later(10 * HOLD_MS))).toEqual([]);
      // Nothing comes back to what is done.
      await outbox().retry(id, 1, NOW, 'late');
      await outbox().fail(id, 1, NOW, 'late');
      expect(await claim(later(10 * HOLD_MS))).toEqual([]);
      expect(await outbox().deleteDone(later(1), 10)).toBe(0);
      expect(await outbox().deleteDone(later(2), 10)).toBe(1);
    });

    it('puts off, and keeps the error', async () => {
      const { id } = await added();
      await claim();
      await outbox().retry(id, 1, later(5), 'no route');
      expect(await claim(later(4))).toEqual([]);
      expect(await claim(later(5))).toMatchObject([{ id, attempts: 2, lastError: 'no route' }]);
    });

    it('gives up for good, and keeps it', async () => {
      const { id } = await added();
      await claim();
      await outbox().fail(id, 1, later(1), 'no such address');
      expect(await claim(later(10 * HOLD_MS))).toEqual([]);
      expect(await outbox().deleteDone(later(10 * HOLD_MS), 10)).toBe(0);
    });

    it('hears no worker whose claim has passed to another', async () => {
      const { id } = await added();
      await claim();
      const again = later(HOLD_MS + 1);
      await claim(again);
      await outbox().complete(id, 1, again);
      await outbox().retry(id, 1, again, 'late');
      await outbox().fail(id, 1, again, 'late');
      expect(await claim(again)).toEqual([]);
      expect(await claim(later(3 * HOLD_MS))).toMatchObject([
        { id, attempts: 3, payload: 'v1.sealed', lastError: null },
      ]);
    });

    it('joins the transaction', async () => {
      const failing = ports(TransactionRunner).run(async () => {
        await outbox().add(newMessage());
        throw new Error('no');
      });
      await expect(failing).rejects.toThrow('no');
      expect(await claim()).toEqual([]);
    });

    it('says how many wait, and since when', async () => {
      expect(await outbox().backlog(NOW)).toEqual({ waiting: 0, oldest: null });
      for (const age of [1, 3, 2, -1]) await outbox().add(newMessage({ availableAt: later(-age) }));
      expect(await outbox().backlog(NOW)).toEqual({ waiting: 3, oldest: later(-3) });
      const [done] = await claim(later(-3));
      await outbox().complete(done?.id ?? '', 1, NOW);
      expect(await outbox().backlog(NOW)).toEqual({ waiting: 2, oldest: later(-2) });
    });

    it('removes what was done before an instant, so many at most', async () => {
      for (let count = 0; count < 3; count += 1) await added();
      for (const { id } of await claim()) await outbox().complete(id, 1, NOW);
      expect(await outbox().deleteDone(later(1), 2)).toBe(2);
      expect(await outbox().deleteDone(later(1), 2)).toBe(1);
    });

    async function added(): Promise<OutboxRecord> {
      const message = newMessage();
      await outbox().add(message);
      return message;
    }
  });
}
