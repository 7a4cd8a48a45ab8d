import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserAdministrationRepository } from '../../modules/core/user/user-administration.repository.js';
import type { ManagedUserFilter, UserSet } from '../../modules/core/user/user-administration.repository.js';
import type { UserRecord } from '../../modules/core/user/user.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { defineListing } from '../../shared/listing/listing.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  simultaneously,
} from './contract-store.js';

const LISTING = defineListing({
  sortable: ['created_at', 'email', 'username', 'name'],
  defaultSort: 'created_at',
});

/** What every UserAdministrationRepository has to do. */
export function describeUserAdministrationRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a UserAdministrationRepository`, setup, (ports) => {
    const managed = () => ports(UserAdministrationRepository);
    const users = () => ports(UserRepository);
    const found = async (filter: ManagedUserFilter): Promise<string[]> => {
      const { rows, total } = await managed().list(LISTING.normalize({ sort_dir: 'asc' }), filter);
      expect(total).toBe(rows.length);
      return rows.map(({ id }) => id);
    };

    it('lists the living, or the deleted, by any filters together', async () => {
      const made = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          createUser(ports, {
            name: `Ada ${index}`,
            email: `user${index}@example.com`,
            phoneNumber: `+1555010000${index}`,
            emailVerified: index === 1,
            active: index !== 2,
            isSuperAdmin: index === 3,
            createdAt: later(index),
          }),
        ),
      );
      const ids = made.map(({ id }) => id);
      const [zero = '', one = '', two = '', three = '', four = '', five = ''] = ids;
      await users().ban(zero, { at: NOW, until: null, reason: null, by: null });
      await users().ban(one, { at: NOW, until: later(MINUTE_MS), reason: null, by: null });
      await users().softDelete(five, NOW);
      expect(await found({})).toEqual([zero, one, two, three, four]);
      expect(await found({ deleted: true })).toEqual([five]);
      expect(await found({ banned: { is: true, now: NOW } })).toEqual([zero, one]);
      expect(await found({ banned: { is: true, now: later(MINUTE_MS) } })).toEqual([zero]);
      expect(await found({ banned: { is: false, now: later(MINUTE_MS) } })).toEqual([one, two, three, four]);
      expect(await found({ emailVerified: true })).toEqual([one]);
      expect(await found({ emailVerified: false, active: true })).toEqual([zero, three, four]);
      expect(await found({ active: false })).toEqual([two]);
      expect(await found({ superAdmin: true })).toEqual([three]);
      expect(await found({ superAdmin: false })).toEqual([zero, one, two, four]);
      expect(await found({ createdFrom: later(1), createdBefore: later(3) })).toEqual([one, two]);
      const within = (...those: string[]): UserSet => ({ ids: () => Promise.resolve(those) });
      expect(await found({ within: within(four, five, randomUUID()) })).toEqual([four]);
      expect(await found({ within: within() })).toEqual([]);
      expect(await found({ query: 'ADA 3' })).toEqual([three]);
      expect(await found({ query: '5550100004' })).toEqual([four]);
      expect(await found({ query: '%' })).toEqual([]);
      expect(await found({ query: 'ada', active: true, banned: { is: false, now: NOW } })).toEqual([
        three,
        four,
      ]);
    });

    it('pages the living by their ids', async () => {
      const made = await Promise.all(
        Array.from({ length: 5 }, (_, index) => createUser(ports, { email: `user${index}@example.com` })),
      );
      const [gone, ...living] = made.map(({ id }) => id).sort();
      await users().softDelete(gone ?? '', NOW);
      const first = await managed().livingAfter(null, 3);
      expect(first.map(({ id }) => id)).toEqual(living.slice(0, 3));
      expect(first[0]).toMatchObject({ email: expect.any(String), deletedAt: null });
      const rest = await managed().livingAfter(first.at(-1)?.id ?? null, 3);
      expect(rest.map(({ id }) => id)).toEqual(living.slice(3));
      expect(await managed().livingAfter(living.at(-1) ?? null, 3)).toEqual([]);
    });

    it('locks and reads an account, deleted or not', async () => {
      const { id } = await createUser(ports, { name: 'Ada' });
      await users().softDelete(id, NOW);
      await ports(TransactionRunner).run(async () => {
        expect(await managed().lock(id)).toMatchObject({ id, name: 'Ada', deletedAt: NOW });
        expect(await managed().lock(randomUUID())).toBeNull();
      });
    });

    it('makes super admins and unmakes them, once, which ends what was issued', async () => {
      const { id } = await createUser(ports);
      expect(await managed().setSuperAdmin(id, true)).toMatchObject({ isSuperAdmin: true, tokenVersion: 1 });
      expect(await managed().setSuperAdmin(id, true)).toBeNull();
      expect(await managed().setSuperAdmin(id, false)).toMatchObject({
        isSuperAdmin: false,
        tokenVersion: 2,
      });
      expect(await managed().setSuperAdmin(randomUUID(), true)).toBeNull();
      await users().softDelete(id, NOW);
      expect(await managed().setSuperAdmin(id, true)).toBeNull();
    });

    it('locks every living super admin for whoever takes one away, and nobody for others', async () => {
      const [one, other, gone, plain] = [
        await createUser(ports, { isSuperAdmin: true }),
        await createUser(ports, { isSuperAdmin: true }),
        await createUser(ports, { isSuperAdmin: true }),
        await createUser(ports),
      ];
      await users().softDelete(gone.id, NOW);
      await ports(TransactionRunner).run(async () => {
        const both = [one.id, other.id].sort();
        expect((await managed().lockSuperAdmins(one.id)).map(({ id }) => id)).toEqual(both);
        expect((await managed().lockSuperAdmins(gone.id)).map(({ id }) => id)).toEqual(both);
        expect(await managed().lockSuperAdmins(plain.id)).toEqual([]);
        expect(await managed().lockSuperAdmins(randomUUID())).toEqual([]);
      });
    });

    it('shows who takes a super admin away what others have left', async () => {
      const admins: UserRecord[] = [];
      for (let index = 0; index < 6; index += 1) admins.push(await createUser(ports, { isSuperAdmin: true }));
      const taken = await simultaneously(6, (index) =>
        ports(TransactionRunner).run(async () => {
          const id = admins[index]?.id ?? '';
          const left = (await managed().lockSuperAdmins(id)).filter((admin) => admin.id !== id);
          if (left.length === 0) return false;
          await users().softDelete(id, NOW);
          return true;
        }),
      );
      expect(taken.filter(Boolean)).toHaveLength(5);
    });

    it('gives accounts other addresses, unless somebody else has them', async () => {
      const [ada, bob] = [
        await createUser(ports, { email: 'ada@example.com', emailVerified: true }),
        await createUser(ports, { email: 'bob@example.com', phoneNumber: '+15550100001' }),
      ];
      expect(await managed().assignEmail(ada.id, 'Countess@example.com', false)).toMatchObject({
        user: { email: 'Countess@example.com', emailKey: 'countess@example.com', emailVerified: false },
      });
      expect(await managed().assignEmail(ada.id, 'BOB@example.com', true)).toEqual({ conflict: 'email' });
      expect(await managed().assignPhoneNumber(ada.id, '+15550100001', true)).toEqual({
        conflict: 'phone_number',
      });
      expect(await managed().assignPhoneNumber(ada.id, '+15550100002', true)).toMatchObject({
        user: { phoneNumber: '+15550100002', phoneNumberVerified: true },
      });
      expect(await managed().assignEmail(ada.id, null, true)).toMatchObject({
        user: { email: null, emailKey: null, emailVerified: false },
      });
      expect(await managed().assignPhoneNumber(ada.id, null, true)).toMatchObject({
        user: { phoneNumber: null, phoneNumberVerified: false },
      });
      await users().softDelete(bob.id, NOW);
      expect(await managed().assignEmail(bob.id, 'x@example.com', true)).toEqual({ missing: true });
      expect(await managed().assignPhoneNumber(randomUUID(), null, false)).toEqual({ missing: true });
    });

    it('vouches for a number that is there', async () => {
      const [ada, bare] = [await createUser(ports, { phoneNumber: '+15550100001' }), await createUser(ports)];
      expect(await managed().setPhoneNumberVerified(ada.id, true)).toMatchObject({
        phoneNumberVerified: true,
      });
      expect(await managed().setPhoneNumberVerified(ada.id, false)).toMatchObject({
        phoneNumberVerified: false,
      });
      expect(await managed().setPhoneNumberVerified(bare.id, true)).toBeNull();
      expect(await managed().setPhoneNumberVerified(randomUUID(), true)).toBeNull();
    });
  });
}
