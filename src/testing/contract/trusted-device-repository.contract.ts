import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { TrustedDeviceRepository } from '../../modules/two-factor/trusted-device/trusted-device.repository.js';
import { defineListing } from '../../shared/listing/listing.js';
import { type ContractSetup, createUser, describeContract, later, NOW } from './contract-store.js';

const listing = defineListing({
  sortable: ['created_at', 'last_used_at', 'expires_at'],
  defaultSort: 'created_at',
});

/** What every TrustedDeviceRepository has to do. Run it on a store of your own; it needs the accounts too. */
export function describeTrustedDeviceRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a TrustedDeviceRepository`, setup, (ports) => {
    const devices = () => ports(TrustedDeviceRepository);

    it('knows a trusted device by its user and token, until it expires', async () => {
      const [userId, other] = [(await createUser(ports)).id, (await createUser(ports)).id];
      const device = (token: string, minutes: number) => ({
        ...{ id: randomUUID(), userId, token, name: null, userAgent: null, ipAddress: null },
        ...{ createdAt: NOW, expiresAt: later(minutes * 60_000) },
      });
      const [phone, laptop] = [device('p', 1), device('l', 2)];
      await devices().create(phone);
      await devices().create(laptop);
      expect(await devices().use(userId, 'p', later(1_000))).toMatchObject({
        id: phone.id,
        lastUsedAt: later(1_000),
      });
      expect(await devices().use(other, 'p', NOW)).toBeNull();
      expect(await devices().use(userId, 'p', later(60_000))).toBeNull();
      const page = await devices().listByUser(userId, listing.normalize({ sort_field: 'last_used_at' }), NOW);
      expect([page.total, page.rows.map(({ id }) => id)]).toEqual([2, [phone.id, laptop.id]]);
      expect(await devices().remove(other, laptop.id, NOW)).toBe(false);
      expect(await devices().remove(userId, laptop.id, NOW)).toBe(true);
      await devices().create(laptop);
      expect(await devices().removeAll(userId, later(60_000))).toEqual([laptop.id]);
      await devices().create(phone);
      await devices().deleteExpired(later(60_001), 1_000);
      expect((await devices().listByUser(userId, listing.normalize({}), NOW)).total).toBe(0);
    });
  });
}
