import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  hash,
  later,
  MINUTE_MS,
  NOW,
  type Ports,
  present,
  simultaneously,
} from './contract-store.js';
import { newFamily, newPair, startSession, storedPair } from './session-fixture.js';
import { describeSessionRotation } from './session-rotation.contract.js';
import { describeSessionUpkeep } from './session-upkeep.contract.js';

/** What every SessionRepository has to do. Run it on a store of your own; it needs the accounts and the TransactionRunner too. */
export function describeSessionRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a SessionRepository`, setup, (ports) => {
    describeStart(ports);
    describeEviction(ports);
    describeSessionRotation(ports);
    describeRevocation(ports);
    describeSessionUpkeep(ports);
  });
}

function describeStart(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('starts a family with its first pair, and finds pair, family and account by either token', async () => {
    const user = await createUser(ports, { email: 'ada@example.com', passwordHash: 'x' });
    const { family, pair } = await startSession(ports, user.id);
    const check = await sessions().findByAccessToken(pair.accessToken ?? '');
    expect(check).toMatchObject({
      session: only(pair, 'id', 'expiresAt', 'claims', 'createdAt'),
      family: {
        ...only(family, 'id', 'tokenVersion', 'expiresAt', 'revokedAt'),
        ...only(family, 'authenticatedAt', 'methods', 'impersonatorId', 'lastUsedAt'),
      },
      user: {
        ...only(user, 'id', 'tokenVersion', 'claimsVersion', 'email', 'emailVerified', 'phoneNumber'),
        ...only(user, 'phoneNumberVerified', 'active', 'bannedAt', 'bannedUntil', 'banReason', 'deletedAt'),
      },
    });
    expect(check?.account()).toEqual(await ports(UserRepository).findById(user.id));
    expect(await sessions().findByRefreshToken(pair.refreshToken)).toMatchObject({
      session: pair,
      family,
      user,
    });
    expect(await storedPair(ports, pair)).toEqual(pair);
    expect(await sessions().findFamily(family.id)).toEqual(family);
  });

  it('finds nothing by a token of the other kind, or by none', async () => {
    const { id } = await createUser(ports);
    const { pair } = await startSession(ports, id);
    expect(await sessions().findByAccessToken(pair.refreshToken)).toBeNull();
    expect(await sessions().findByRefreshToken(pair.accessToken ?? '')).toBeNull();
    expect(await sessions().findByAccessToken(hash())).toBeNull();
    expect(await sessions().findFamily(randomUUID())).toBeNull();
  });

  it('keeps any number of pairs without an access token', async () => {
    const { id } = await createUser(ports);
    for (let count = 0; count < 2; count += 1) {
      const family = newFamily(id, { deviceName: null, userAgent: null, ipAddress: null, methods: [] });
      const pair = newPair(family, { accessToken: null, claims: {} });
      await sessions().start(family, pair);
      expect(await sessions().findByRefreshToken(pair.refreshToken)).toMatchObject({ session: pair, family });
    }
  });

  it('does not judge: what has ended is found as it is', async () => {
    const { id } = await createUser(ports);
    const { family, pair } = await startSession(ports, id, { expiresAt: later(1) });
    await sessions().revoke(family.id, 'logout', NOW);
    await ports(UserRepository).softDelete(id, NOW);
    expect(await sessions().findByAccessToken(pair.accessToken ?? '')).toMatchObject({
      family: { revokedAt: NOW },
      user: { id, deletedAt: NOW, tokenVersion: 1 },
    });
  });

  it('starts by a login of the version that was checked, and of no other', async () => {
    const users = ports(UserRepository);
    const { id } = await createUser(ports, { email: 'ada@example.com' });
    const policy = { maxAttempts: 3, durationMs: MINUTE_MS };
    for (let attempt = 0; attempt < 3; attempt += 1) await users.reserveAttemptById(id, policy, NOW);
    const [stale, family] = [newFamily(id, { tokenVersion: 1 }), newFamily(id, { createdAt: later(1) })];
    expect(await sessions().startByLogin(stale, newPair(stale))).toBeNull();
    expect(await sessions().findFamily(stale.id)).toBeNull();
    expect(await users.findById(id)).toMatchObject({ failedLoginAttempts: 3, lastLoginAt: null });

    const pair = newPair(family);
    const user = await sessions().startByLogin(family, pair);
    expect(user).toMatchObject({
      id,
      failedLoginAttempts: 0,
      lockedUntil: null,
      lastLoginAt: later(1),
    });
    expect(user).toEqual(await users.findById(id));
    expect(await sessions().findByRefreshToken(pair.refreshToken)).toMatchObject({ session: pair, family });

    await users.softDelete(id, NOW);
    const late = newFamily(id, { tokenVersion: 1 });
    expect(await sessions().startByLogin(late, newPair(late))).toBeNull();
    expect(await sessions().findFamily(late.id)).toBeNull();
  });

  it('starts nothing in a transaction that rolls back', async () => {
    const { id } = await createUser(ports);
    const family = newFamily(id);
    const failing = ports(TransactionRunner).run(async () => {
      await sessions().start(family, newPair(family));
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await sessions().findFamily(family.id)).toBeNull();
  });
}

function only<T extends object, K extends keyof T>(record: T, ...fields: readonly K[]): Pick<T, K> {
  return Object.fromEntries(fields.map((field) => [field, record[field]])) as Pick<T, K>;
}

function describeEviction(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('ends the oldest living families over the maximum, however lately they were used', async () => {
    const [user, other] = [await createUser(ports), await createUser(ports)];
    const foreign = await startSession(ports, other.id, { createdAt: later(-9) });
    await startSession(ports, user.id, { createdAt: later(-9), expiresAt: later(-1) });
    const revoked = await startSession(ports, user.id, { createdAt: later(-8) });
    await sessions().revoke(revoked.family.id, 'logout', NOW);
    const oldest = await startSession(ports, user.id, { createdAt: later(-3), lastUsedAt: later(5) });
    const older = await startSession(ports, user.id, { createdAt: later(-2) });
    const newest = await startSession(ports, user.id, { createdAt: later(-1) });

    const third = await startSession(ports, user.id, {}, 3);
    expect(third.evicted).toEqual([oldest.family.id]);
    expect(await sessions().findFamily(oldest.family.id)).toMatchObject({
      revokedAt: NOW,
      revokedReason: 'evicted',
    });
    const second = await startSession(ports, user.id, { createdAt: later(1) }, 2);
    expect(second.evicted.sort()).toEqual([older.family.id, newest.family.id].sort());
    const single = await startSession(ports, user.id, { createdAt: later(2) }, 1);
    expect(single.evicted.sort()).toEqual([third.family.id, second.family.id].sort());
    expect(await sessions().findFamily(single.family.id)).toMatchObject({ revokedAt: null });
    expect(await sessions().findFamily(foreign.family.id)).toMatchObject({ revokedAt: null });
    expect(await sessions().findFamily(revoked.family.id)).toMatchObject({ revokedReason: 'logout' });
  });

  it('keeps to the maximum under logins at once, each with the account’s row in its hands', async () => {
    const { id } = await createUser(ports);
    await simultaneously(10, () =>
      ports(TransactionRunner).run(async () => {
        const family = newFamily(id);
        await sessions().startByLogin(family, newPair(family));
        await sessions().evict(family, 3, NOW);
      }),
    );
    expect(await sessions().revokeAll(id, 'logout', NOW)).toHaveLength(3);
  });
}

function describeRevocation(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('ends a family once, for its owner', async () => {
    const [user, other] = [await createUser(ports), await createUser(ports)];
    const { family } = await startSession(ports, user.id);
    expect(await sessions().revoke(family.id, 'user_revoke', NOW, { userId: other.id })).toBeNull();
    expect(await sessions().findFamily(family.id)).toEqual(family);
    expect(await sessions().revoke(family.id, 'user_revoke', later(1), { userId: user.id })).toEqual({
      ...family,
      revokedAt: later(1),
      revokedReason: 'user_revoke',
    });
    expect(await sessions().revoke(family.id, 'logout', later(2))).toBeNull();
    expect(await sessions().findFamily(family.id)).toMatchObject({ revokedReason: 'user_revoke' });
    expect(await sessions().revoke(randomUUID(), 'logout', NOW)).toBeNull();
  });

  it('does not end what has expired', async () => {
    const { id } = await createUser(ports);
    const { family } = await startSession(ports, id, { expiresAt: later(MINUTE_MS) });
    expect(await sessions().revoke(family.id, 'logout', later(MINUTE_MS))).toBeNull();
    expect(await sessions().revokeAll(id, 'logout', later(MINUTE_MS))).toEqual([]);
    expect(await sessions().revoke(family.id, 'logout', later(MINUTE_MS - 1))).not.toBeNull();
  });

  it('tells one of 20 that it has ended a family', async () => {
    const { id } = await createUser(ports);
    const { family } = await startSession(ports, id);
    const ended = await simultaneously(20, () => sessions().revoke(family.id, 'refresh_reuse_detected', NOW));
    expect(present(ended)).toHaveLength(1);
  });

  it('ends every living family of a user but one', async () => {
    const [user, other] = [await createUser(ports), await createUser(ports)];
    const made = [];
    for (let count = 0; count < 4; count += 1) made.push((await startSession(ports, user.id)).family.id);
    const foreign = await startSession(ports, other.id);
    const [kept = '', before = '', ...rest] = made;
    await sessions().revoke(before, 'logout', NOW);
    expect((await sessions().revokeAll(user.id, 'password_change', later(1), kept)).sort()).toEqual(
      rest.sort(),
    );
    expect(await sessions().findFamily(kept)).toMatchObject({ revokedAt: null });
    expect(await sessions().findFamily(before)).toMatchObject({ revokedReason: 'logout' });
    expect(await sessions().revokeAll(user.id, 'banned', later(2))).toEqual([kept]);
    expect(await sessions().findFamily(foreign.family.id)).toMatchObject({ revokedAt: null });
  });
}
