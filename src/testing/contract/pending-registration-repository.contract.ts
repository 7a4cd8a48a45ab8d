import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { PendingRegistrationRecord } from '../../modules/core/registration/pending-registration.js';
import { PendingRegistrationRepository } from '../../modules/core/registration/pending-registration.repository.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  present,
  simultaneously,
} from './contract-store.js';

const END = later(MINUTE_MS);

function newRegistration(values: Partial<PendingRegistrationRecord> = {}): PendingRegistrationRecord {
  return {
    id: randomUUID(),
    realmId: DEFAULT_REALM_ID,
    email: 'Ada@example.com',
    phoneNumber: null,
    username: 'Ada',
    passwordHash: '$hash',
    name: 'Ada Lovelace',
    firstName: 'Ada',
    lastName: null,
    locale: 'en',
    expiresAt: END,
    createdAt: NOW,
    ...values,
  };
}

/** What every PendingRegistrationRepository has to do. Run it on a store of your own. */
export function describePendingRegistrationRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a PendingRegistrationRepository`, setup, (ports) => {
    const pending = () => ports(PendingRegistrationRepository);

    it('finds a registration until it expires', async () => {
      const registration = newRegistration();
      await pending().create(registration);
      expect(await pending().findById(registration.id, later(MINUTE_MS - 1))).toEqual(registration);
      expect(await pending().findById(registration.id, END)).toBeNull();
      expect(await pending().findById(randomUUID(), NOW)).toBeNull();
    });

    it('gives it to one of 50, and to nobody when it has expired', async () => {
      const registration = newRegistration();
      await pending().create(registration);
      expect(await pending().take(registration.id, END)).toBeNull();
      const taken = await simultaneously(50, () => pending().take(registration.id, NOW));
      expect(present(taken)).toEqual([registration]);
      expect(await pending().findById(registration.id, NOW)).toBeNull();
    });

    it('lets any number wait for one address, and lists the ten newest that have not expired', async () => {
      const made = Array.from({ length: 12 }, (_, index) =>
        newRegistration({
          email: index % 2 ? 'Ada@example.com' : 'ada@EXAMPLE.com',
          phoneNumber: '+15550100001',
          createdAt: later(index >> 1),
        }),
      );
      const others = [
        newRegistration({ email: 'grace@example.com', createdAt: later(100) }),
        newRegistration({ phoneNumber: '+15550100001', expiresAt: NOW, createdAt: later(100) }),
        newRegistration({ email: null, createdAt: later(100) }),
      ];
      for (const registration of [...made, ...others]) await pending().create(registration);
      const newest = [...made]
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (other.id < one.id ? -1 : 1),
        )
        .slice(0, 10);
      expect(await pending().listByEmail('ADA@example.com', NOW)).toEqual(newest);
      expect(await pending().listByPhoneNumber('+15550100001', NOW)).toEqual(newest);
      expect(await pending().listByEmail('nobody@example.com', NOW)).toEqual([]);
    });

    it('removes what has expired before an instant, so many at most', async () => {
      for (const end of [1, 1, 1, 2])
        await pending().create(newRegistration({ expiresAt: later(end), email: 'ada@example.com' }));
      expect(await pending().deleteExpired(later(1), 10)).toBe(0);
      expect(await pending().deleteExpired(later(2), 2)).toBe(2);
      expect(await pending().deleteExpired(later(2), 10)).toBe(1);
      expect(await pending().listByEmail('ada@example.com', NOW)).toHaveLength(1);
    });
  });
}
