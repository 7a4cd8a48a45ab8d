import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type NewUser, UserRepository, type UserRecord } from '../../modules/core/index.js';
import { atOnce, type ContractSetup, type ContractStore, later, NOW } from './contract-store.js';

const POLICY = { maxAttempts: 3, durationMs: 60_000 };

/** What every UserRepository has to do. Run it on a store of your own. */
export function describeUserRepository(name: string, setup: ContractSetup): void {
  describe(`${name} is a UserRepository`, () => {
    let store: ContractStore;
    let users: UserRepository;
    const address = (): string => `${randomUUID()}@example.com`;
    const create = async (user: Partial<NewUser> = {}): Promise<UserRecord> => {
      const written = await users.create({ id: randomUUID(), createdAt: NOW, email: address(), ...user });
      if (!('user' in written)) throw new Error('The account was not written.');
      return written.user;
    };

    beforeAll(async () => {
      store = await setup();
      users = store.get(UserRepository);
    });
    afterAll(() => store.close());

    it('finds an account by whatever it is named, whatever the case', async () => {
      const email = `Ada.${randomUUID()}@example.com`;
      const username = `Ada_${randomUUID().slice(0, 8)}`;
      const { id } = await create({ email, username });
      expect((await users.findByEmail(email.toUpperCase()))?.id).toBe(id);
      expect((await users.findByUsername(username.toLowerCase()))?.id).toBe(id);
      expect(await users.findById(id)).toMatchObject({
        email,
        username,
        emailVerified: false,
        tokenVersion: 0,
      });
      expect(await users.findById(randomUUID())).toBeNull();
    });

    it('lets one of fifty have an address', async () => {
      const email = address();
      const written = await atOnce(50, (index) =>
        users.create({ id: randomUUID(), createdAt: NOW, email: index % 2 ? email : email.toUpperCase() }),
      );
      expect(written.filter((one) => 'user' in one)).toHaveLength(1);
      expect(written.filter((one) => 'conflict' in one && one.conflict === 'email')).toHaveLength(49);
    });

    it('answers a conflict of a change, and leaves the transaction usable', async () => {
      const taken = await create({ username: `t${randomUUID().slice(0, 12)}` });
      const user = await create();
      await store.transactions.run(async () => {
        expect(await users.changeUsername(user.id, taken.username ?? '')).toEqual({ conflict: 'username' });
        expect(await users.changeEmail(user.id, user.email, taken.email ?? '')).toEqual({
          conflict: 'email',
        });
        await users.updateProfile(user.id, { name: 'Ada' });
      });
      expect((await users.findById(user.id))?.name).toBe('Ada');
    });

    it('frees the addresses of a deleted account, which comes back only while they are free', async () => {
      const user = await create();
      await users.softDelete(user.id, NOW);
      expect(await users.findByEmail(user.email ?? '')).toBeNull();
      const heir = await create({ email: user.email });
      expect(await users.restore(user.id)).toEqual({ conflict: 'email' });
      await users.delete(heir.id);
      expect(await users.restore(user.id)).toMatchObject({
        user: { id: user.id, deletedAt: null, tokenVersion: 1 },
      });
    });

    it('locks at the maximum, lets nobody in meanwhile, and starts over after the end', async () => {
      const user = await create();
      const identifier = { field: 'email' as const, value: user.emailKey ?? '' };
      const reserved = await atOnce(20, () => users.reserveLoginAttempt(identifier, POLICY, NOW));
      expect(reserved.filter((attempt) => attempt?.locked === false)).toHaveLength(3);
      expect((await users.findById(user.id))?.failedLoginAttempts).toBe(3);
      const after = await users.reserveLoginAttempt(identifier, POLICY, later(60_001));
      expect(after).toMatchObject({ locked: false, user: { failedLoginAttempts: 1, lockedUntil: null } });
      expect(await users.reserveLoginAttempt({ field: 'email', value: address() }, POLICY, NOW)).toBeNull();
    });

    it('completes a login of the same token version alone', async () => {
      const user = await create();
      await users.reserveAttemptById(user.id, POLICY, NOW);
      expect(await users.completeLogin(user.id, 7, NOW)).toBeNull();
      expect(await users.completeLogin(user.id, 0, NOW)).toMatchObject({
        failedLoginAttempts: 0,
        lastLoginAt: NOW,
      });
    });

    it('raises the token version with whatever ends credentials', async () => {
      const { id } = await create({ passwordHash: 'old' });
      expect((await users.setPassword(id, 'new', { tokenVersion: 0 }))?.tokenVersion).toBe(1);
      expect(await users.setPassword(id, 'newer', { tokenVersion: 0 })).toBeNull();
      expect(await users.rehashPassword(id, 'old', 'other')).toBe(false);
      expect(await users.rehashPassword(id, 'new', 'renewed')).toBe(true);
      expect((await users.ban(id, { at: NOW, until: null, reason: 'spam', by: null }))?.tokenVersion).toBe(2);
      expect((await users.setActive(id, false))?.tokenVersion).toBe(3);
      expect((await users.raiseTokenVersion(id))?.tokenVersion).toBe(4);
    });

    it('takes back what a failed transaction wrote', async () => {
      const email = address();
      const failed = store.transactions.run(async () => {
        await create({ email });
        throw new Error('rolled back');
      });
      await expect(failed).rejects.toThrow('rolled back');
      expect(await users.findByEmail(email)).toBeNull();
    });
  });
}
