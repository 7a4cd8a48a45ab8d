import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type UniqueWrite, UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { createUser, later, MINUTE_MS, NOW, type Ports, present, simultaneously } from './contract-store.js';
import { EVERYTHING } from './user-fixture.js';

/** Unique values, proofs of addresses, passwords and profile. */
export function describeUserChanges(ports: Ports): void {
  describeUniqueChanges(ports);
  describeAddresses(ports);
  describePasswordsAndProfile(ports);
}

function describeUniqueChanges(ports: Ports): void {
  const users = () => ports(UserRepository);
  const changes: readonly [string, (id: string) => Promise<UniqueWrite>, string][] = [
    ['username', (id) => users().changeUsername(id, 'ADA'), 'username'],
    ['email', (id) => users().changeEmail(id, null, 'ADA@example.com'), 'email'],
    ['phone number', (id) => users().changePhoneNumber(id, null, '+15550100001'), 'phone_number'],
  ];

  it.each(changes)(
    'answers a %s that is taken, and leaves the transaction usable',
    async (_, change, conflict) => {
      await createUser(ports, EVERYTHING);
      const user = await createUser(ports);
      expect(await change(user.id)).toEqual({ conflict });
      expect(await users().findById(user.id)).toEqual(user);
      await ports(TransactionRunner).run(async () => {
        await users().updateProfile(user.id, { name: 'before' });
        expect(await change(user.id)).toEqual({ conflict });
        await users().updateProfile(user.id, { lastName: 'after' });
      });
      expect(await users().findById(user.id)).toMatchObject({ name: 'before', lastName: 'after' });
    },
  );

  it.each(changes)('gives a %s to one of 20', async (_, change, conflict) => {
    const made = await simultaneously(20, () => createUser(ports));
    const written = await Promise.all(made.map(({ id }) => change(id)));
    expect(written.filter((write) => 'user' in write)).toHaveLength(1);
    expect(written.filter((write) => 'conflict' in write && write.conflict === conflict)).toHaveLength(19);
  });

  it.each(changes)('knows no account whose %s it could change', async (_, change) => {
    expect(await change(randomUUID())).toEqual({ missing: true });
    const { id } = await createUser(ports);
    await users().softDelete(id, NOW);
    expect(await change(id)).toEqual({ missing: true });
  });

  it('changes the case of one’s own name, and frees the old one', async () => {
    const { id } = await createUser(ports, { username: 'ada' });
    expect(await users().changeUsername(id, 'ADA')).toMatchObject({
      user: { username: 'ADA', usernameKey: 'ada' },
    });
    expect(await users().changeUsername(id, 'grace')).toHaveProperty('user');
    expect(await users().isAvailable('username', 'Ada')).toBe(true);
    expect(await users().isAvailable('username', 'GRACE')).toBe(false);
  });
}

function describeAddresses(ports: Ports): void {
  const users = () => ports(UserRepository);

  it('proves an address that the account still has', async () => {
    const { id } = await createUser(ports, { email: 'Ada@example.com', phoneNumber: '+15550100001' });
    expect(await users().verifyEmail(id, 'other@example.com')).toBeNull();
    expect(await users().verifyPhoneNumber(id, '+15550100002')).toBeNull();
    expect(await users().findById(id)).toMatchObject({ emailVerified: false, phoneNumberVerified: false });
    expect(await users().verifyEmail(id, 'ADA@example.com')).toMatchObject({ emailVerified: true });
    expect(await users().verifyPhoneNumber(id, '+15550100001')).toMatchObject({ phoneNumberVerified: true });
    expect(await users().verifyEmail(randomUUID(), 'ada@example.com')).toBeNull();
  });

  it('changes an address from the one that was there when the change was asked for', async () => {
    const { id } = await createUser(ports, { email: 'ada@example.com', phoneNumber: '+15550100001' });
    expect(await users().changeEmail(id, 'gone@example.com', 'new@example.com')).toEqual({ missing: true });
    expect(await users().changeEmail(id, null, 'new@example.com')).toEqual({ missing: true });
    expect(await users().changePhoneNumber(id, null, '+15550100002')).toEqual({ missing: true });
    expect(await users().changeEmail(id, 'ADA@example.com', 'New@example.com')).toMatchObject({
      user: { email: 'New@example.com', emailKey: 'new@example.com', emailVerified: true },
    });
    expect(await users().changePhoneNumber(id, '+15550100001', '+15550100002')).toMatchObject({
      user: { phoneNumber: '+15550100002', phoneNumberVerified: true },
    });
    expect(await users().isAvailable('email', 'ada@example.com')).toBe(true);
    expect(await users().isAvailable('phone_number', '+15550100001')).toBe(true);
  });

  it('takes addresses off, which are free then', async () => {
    const { id } = await createUser(ports, EVERYTHING);
    expect(await users().detachAddress(id, 'email')).toMatchObject({
      email: null,
      emailKey: null,
      emailVerified: false,
      phoneNumber: '+15550100001',
    });
    expect(await users().detachAddress(id, 'phone_number')).toMatchObject({
      phoneNumber: null,
      phoneNumberVerified: false,
    });
    await createUser(ports, { email: EVERYTHING.email, phoneNumber: EVERYTHING.phoneNumber });
    expect(await users().detachAddress(randomUUID(), 'email')).toBeNull();
  });

  it('sets and clears the proof of an email address that is there', async () => {
    const { id } = await createUser(ports, { email: 'ada@example.com' });
    expect(await users().setEmailVerified(id, true)).toMatchObject({ emailVerified: true });
    expect(await users().setEmailVerified(id, false)).toMatchObject({ emailVerified: false });
    expect(await users().setEmailVerified((await createUser(ports)).id, true)).toBeNull();
  });
}

function describePasswordsAndProfile(ports: Ports): void {
  const users = () => ports(UserRepository);
  const POLICY = { maxAttempts: 1, durationMs: MINUTE_MS };

  it('sets and removes a password, clears the lock and raises the version', async () => {
    const { id } = await createUser(ports, { passwordHash: 'old' });
    await users().reserveAttemptById(id, POLICY, NOW);
    expect(await users().setPassword(id, 'new')).toMatchObject({
      passwordHash: 'new',
      tokenVersion: 1,
      failedLoginAttempts: 0,
      lockedUntil: null,
    });
    expect(await users().setPassword(id, null)).toMatchObject({ passwordHash: null, tokenVersion: 2 });
    await users().softDelete(id, NOW);
    expect(await users().setPassword(id, 'new')).toBeNull();
  });

  it('sets a password under a version for one of 20', async () => {
    const { id } = await createUser(ports);
    const set = present(
      await simultaneously(20, (index) => users().setPassword(id, `hash ${index}`, { tokenVersion: 0 })),
    );
    expect(set).toHaveLength(1);
    expect(await users().findById(id)).toMatchObject({ tokenVersion: 1, passwordHash: set[0]?.passwordHash });
  });

  it('rehashes a password that is still the same', async () => {
    const { id } = await createUser(ports, { passwordHash: 'old' });
    expect(await users().rehashPassword(id, 'other', 'new')).toBe(false);
    expect(await users().rehashPassword(id, 'old', 'new')).toBe(true);
    expect(await users().findById(id)).toMatchObject({ passwordHash: 'new', tokenVersion: 0 });
    expect(await users().rehashPassword((await createUser(ports)).id, 'old', 'new')).toBe(false);
  });

  it('loses no raise of a version', async () => {
    const { id } = await createUser(ports);
    const raised = present(await simultaneously(20, () => users().raiseTokenVersion(id)));
    expect(raised.map(({ tokenVersion }) => tokenVersion).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 20 }, (_, index) => index + 1),
    );
    expect(await users().raiseTokenVersion(randomUUID())).toBeNull();
  });

  it('leaves what a profile’s change does not name, and clears what it sets to null', async () => {
    const user = await createUser(ports, EVERYTHING);
    const changed = await users().updateProfile(user.id, {
      name: undefined,
      firstName: null,
      biography: 'Wrote notes.',
    });
    expect(changed).toEqual({
      ...user,
      firstName: null,
      biography: 'Wrote notes.',
      updatedAt: changed?.updatedAt,
    });
    expect(changed?.updatedAt.getTime()).toBeGreaterThan(user.updatedAt.getTime());
    expect(await users().updateProfile(user.id, {})).toMatchObject({ biography: 'Wrote notes.' });
    await users().softDelete(user.id, later(1));
    expect(await users().updateProfile(user.id, { name: 'x' })).toBeNull();
    expect(await users().updateProfile(user.id, {})).toBeNull();
  });
}
