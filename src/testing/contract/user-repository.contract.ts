import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  newUser,
  NOW,
  type Ports,
  present,
  simultaneously,
} from './contract-store.js';
import { EVERYTHING } from './user-fixture.js';
import { describeUserAddressRemoval } from './user-address-removal.contract.js';
import { describeUserAttempts } from './user-attempts.contract.js';
import { describeUserChanges } from './user-changes.contract.js';
import { describeUserLifecycle } from './user-lifecycle.contract.js';
import { describeUserListing } from './user-listing.contract.js';

/** What every UserRepository has to do. Run it on a store of your own; it needs the sessions, the secrets and the TransactionRunner too. */
export function describeUserRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a UserRepository`, setup, (ports) => {
    describeCreation(ports);
    describeUserChanges(ports);
    describeUserAddressRemoval(ports);
    describeUserAttempts(ports);
    describeUserLifecycle(ports);
    describeUserListing(ports);
  });
}

function describeCreation(ports: Ports): void {
  const users = () => ports(UserRepository);

  it('creates an account, and fills in what is not given', async () => {
    const bare = await createUser(ports);
    expect(bare).toMatchObject({
      email: null,
      emailKey: null,
      username: null,
      usernameKey: null,
      phoneNumber: null,
      passwordHash: null,
      biography: null,
      active: true,
      emailVerified: false,
      isSuperAdmin: false,
      tokenVersion: 0,
      failedLoginAttempts: 0,
      lockedUntil: null,
      bannedAt: null,
      deletedAt: null,
      lastLoginAt: null,
      createdAt: NOW,
    });
    expect(await users().findById(bare.id)).toEqual(bare);
    const full = await createUser(ports, EVERYTHING);
    expect(full).toMatchObject({ ...EVERYTHING, emailKey: 'ada@example.com', usernameKey: 'ada' });
    expect(await users().findById(full.id)).toEqual(full);
  });

  it('finds nobody', async () => {
    await createUser(ports);
    expect(await users().findById(randomUUID())).toBeNull();
    expect(await users().findByEmail('ada@example.com')).toBeNull();
    expect(await users().findByUsername('ada')).toBeNull();
    expect(await users().findByPhoneNumber('+15550100001')).toBeNull();
  });

  it('finds by every identifier, whatever the case', async () => {
    const user = await createUser(ports, EVERYTHING);
    expect(await users().findByEmail('aDA@EXAMPLE.com')).toEqual(user);
    expect(await users().findByUsername('aDA')).toEqual(user);
    expect(await users().findByPhoneNumber('+15550100001')).toEqual(user);
    expect(await users().findByIdentifier({ field: 'email', value: 'ada@example.com' })).toEqual(user);
    expect(await users().findByIdentifier({ field: 'username', value: 'ada@example.com' })).toBeNull();
  });

  it('answers which unique field is taken, and writes nothing then', async () => {
    await createUser(ports, EVERYTHING);
    for (const [values, conflict] of [
      [{ email: 'ADA@example.com', username: 'other' }, 'email'],
      [{ username: 'aDa', email: 'other@example.com' }, 'username'],
      [{ phoneNumber: '+15550100001', email: 'other@example.com' }, 'phone_number'],
    ] as const) {
      const user = newUser(values);
      expect(await users().create(user)).toEqual({ conflict });
      expect(await users().findById(user.id)).toBeNull();
    }
    expect(await users().isAvailable('email', 'other@example.com')).toBe(true);
  });

  it('takes look-alikes for different accounts', async () => {
    await createUser(ports, { email: 'kelvin@example.com' });
    await createUser(ports, { email: '\u212Aelvin@example.com' });
    await createUser(ports, { email: '\u043Aelvin@example.com' });
    expect((await users().findByEmail('KELVIN@example.com'))?.email).toBe('kelvin@example.com');
  });

  it('gives an address to one of 50', async () => {
    const written = await simultaneously(50, (index) =>
      users().create(newUser({ email: index % 2 ? 'Ada@example.com' : 'ada@example.com' })),
    );
    expect(written.filter((write) => 'user' in write)).toHaveLength(1);
    expect(written.filter((write) => 'conflict' in write && write.conflict === 'email')).toHaveLength(49);
  });

  it('leaves the transaction usable after a conflict, and writes nothing that rolls back', async () => {
    await createUser(ports, { email: 'ada@example.com' });
    const second = newUser({ email: 'ada@example.com' });
    const other = newUser({ email: 'other@example.com' });
    await ports(TransactionRunner).run(async () => {
      expect(await users().create(second)).toEqual({ conflict: 'email' });
      expect(await users().create(other)).toHaveProperty('user.id', other.id);
    });
    expect(await users().findById(other.id)).not.toBeNull();
    const lost = newUser();
    const failing = ports(TransactionRunner).run(async () => {
      await users().create(lost);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await users().findById(lost.id)).toBeNull();
  });

  it('hands out copies', async () => {
    const user = await createUser(ports);
    user.createdAt.setFullYear(1999);
    (await users().findById(user.id))?.createdAt.setFullYear(1999);
    expect((await users().findById(user.id))?.createdAt).toEqual(NOW);
  });

  it('makes one first super admin', async () => {
    const create = (values = {}) =>
      ports(TransactionRunner).run(() => users().createFirstSuperAdmin(newUser(values)));
    const made = present(await simultaneously(10, () => create()));
    expect(made).toHaveLength(1);
    expect(made[0]?.isSuperAdmin).toBe(true);
    await users().softDelete(made[0]?.id ?? '', NOW);
    await createUser(ports, { email: 'ada@example.com' });
    expect(await create({ email: 'ada@example.com' })).toBeNull();
    expect(await create()).not.toBeNull();
    expect(await create()).toBeNull();
  });
}
