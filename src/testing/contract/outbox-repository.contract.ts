import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { OutboxRepository, PendingRegistrationRepository } from '../../modules/core/index.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { atOnce, type ContractSetup, type ContractStore, later, NOW } from './contract-store.js';

/** What OutboxRepository and PendingRegistrationRepository have to do. Run it on a store of your own. */
export function describeOutboxRepositories(name: string, setup: ContractSetup): void {
  describe(`${name} keeps work and registrations that wait`, () => {
    let store: ContractStore;
    beforeAll(async () => {
      store = await setup();
    });
    afterAll(() => store.close());

    it('hands a message to one worker, and takes an answer from that one alone', async () => {
      const outbox = store.get(OutboxRepository);
      const open = { attempts: 0, claimedUntil: null, doneAt: null, failedAt: null, lastError: null };
      const message = {
        id: randomUUID(),
        realmId: DEFAULT_REALM_ID,
        topic: 't',
        payload: 'p',
        availableAt: NOW,
        createdAt: NOW,
        ...open,
      };
      await outbox.add(message);
      const claims = await atOnce(10, () => outbox.claim(5, 1_000, NOW));
      expect(claims.flat().map(({ id, attempts }) => ({ id, attempts }))).toEqual([
        { id: message.id, attempts: 1 },
      ]);
      expect(await outbox.claim(5, 1_000, later(1_001))).toMatchObject([{ attempts: 2 }]);
      await outbox.complete(message.id, 1, NOW);
      expect((await outbox.backlog(later(5_000))).waiting).toBe(1);
      await outbox.complete(message.id, 2, NOW);
      expect(await outbox.backlog(later(5_000))).toEqual({ waiting: 0, oldest: null });
      expect(await outbox.deleteDone(later(1), 10)).toBe(1);
    });

    it('gives a registration to one of fifty', async () => {
      const registrations = store.get(PendingRegistrationRepository);
      const id = randomUUID();
      const email = `Ada.${id}@example.com`;
      const absent = {
        phoneNumber: null,
        username: null,
        name: null,
        firstName: null,
        lastName: null,
        locale: null,
      };
      await registrations.create({
        id,
        realmId: DEFAULT_REALM_ID,
        email,
        passwordHash: 'h',
        expiresAt: later(1_000),
        createdAt: NOW,
        ...absent,
      });
      expect((await registrations.listByEmail(email.toLowerCase(), NOW)).map((one) => one.id)).toEqual([id]);
      expect(await registrations.findById(id, later(1_000))).toBeNull();
      const taken = await atOnce(50, () => registrations.take(id, NOW));
      expect(taken.filter((one) => one !== null)).toHaveLength(1);
    });
  });
}
