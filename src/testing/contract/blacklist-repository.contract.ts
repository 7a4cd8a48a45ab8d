import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type {
  RevokedSession,
  RevokedUser,
  StaleClaims,
} from '../../modules/stateless/blacklist/blacklist.js';
import { BlacklistRepository } from '../../modules/stateless/blacklist/blacklist.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  describeContract,
  later,
  MINUTE_MS,
  NOW,
  type Ports,
  simultaneously,
} from './contract-store.js';

const END = later(MINUTE_MS);

function revokedSession(values: Partial<RevokedSession> = {}): RevokedSession {
  return {
    id: randomUUID(),
    kind: 'session',
    userId: randomUUID(),
    sessionId: randomUUID(),
    expiresAt: END,
    ...values,
  };
}

function revokedUser(values: Partial<RevokedUser> = {}): RevokedUser {
  return {
    id: randomUUID(),
    kind: 'user',
    userId: randomUUID(),
    minTokenVersion: 3,
    keptSessionId: null,
    expiresAt: END,
    ...values,
  };
}

function staleClaims(values: Partial<StaleClaims> = {}): StaleClaims {
  return {
    id: randomUUID(),
    kind: 'claims',
    userId: randomUUID(),
    minClaimsVersion: 3,
    expiresAt: END,
    ...values,
  };
}

/** What every BlacklistRepository has to do. Run it on a store of your own; it needs the TransactionRunner too. */
export function describeBlacklistRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is a BlacklistRepository`, setup, (ports) => {
    describeRefusal(ports);
    describeMerging(ports);
    describeFeed(ports);
  });
}

function describeRefusal(ports: Ports): void {
  const blacklist = () => ports(BlacklistRepository);
  const isRevoked = (userId: string, tokenVersion: number, sessionId: string = randomUUID(), now = NOW) =>
    blacklist().isRevoked({ userId, tokenVersion, sessionId, claimsVersion: 0 }, now);

  it('refuses a session', async () => {
    const entry = revokedSession();
    await blacklist().add([entry]);
    expect(await isRevoked(entry.userId, 0, entry.sessionId)).toBe(true);
    expect(await isRevoked(entry.userId, 0)).toBe(false);
  });

  it('refuses a user’s tokens of lower versions, but those of one session', async () => {
    const kept = randomUUID();
    const entry = revokedUser({ keptSessionId: kept });
    await blacklist().add([entry]);
    expect(await isRevoked(entry.userId, 2)).toBe(true);
    expect(await isRevoked(entry.userId, 2, kept)).toBe(false);
    expect(await isRevoked(entry.userId, 3)).toBe(false);
    expect(await isRevoked(randomUUID(), 2)).toBe(false);
    expect(await isRevoked(entry.userId, 2, randomUUID(), END)).toBe(false);
  });

  it('refuses what a user’s tokens of lower claims versions say', async () => {
    const entry = staleClaims();
    const reference = { userId: entry.userId, sessionId: randomUUID(), tokenVersion: 9 };
    const isStale = (claimsVersion: number, now = NOW) =>
      blacklist().isRevoked({ ...reference, claimsVersion }, now);
    await blacklist().add([entry]);
    expect([await isStale(2), await isStale(3), await isStale(2, END)]).toEqual([true, false, false]);
    await blacklist().add([revokedUser({ userId: entry.userId, minTokenVersion: 9 })]);
    await blacklist().add([staleClaims({ userId: entry.userId, minClaimsVersion: 2 })]);
    expect([await isStale(2), await isStale(3)]).toEqual([true, false]);
    expect((await blacklist().since(null, NOW)).entries).toContainEqual(
      expect.objectContaining({ kind: 'claims', userId: entry.userId, minClaimsVersion: 3 }),
    );
  });

  it('takes no session for a user of the same id', async () => {
    const id = randomUUID();
    await blacklist().add([revokedSession({ sessionId: id })]);
    expect(await isRevoked(id, 0)).toBe(false);
    await blacklist().add([revokedUser({ userId: id })]);
    expect(await isRevoked(id, 0)).toBe(true);
  });
}

function describeMerging(ports: Ports): void {
  const blacklist = () => ports(BlacklistRepository);
  const all = async () => (await blacklist().since(null, NOW)).entries;

  it('keeps one entry for each subject: the higher version counts, and the later end', async () => {
    const [userId, kept] = [randomUUID(), randomUUID()];
    await blacklist().add([revokedUser({ userId, minTokenVersion: 3, keptSessionId: kept })]);
    await blacklist().add([revokedUser({ userId, minTokenVersion: 2, expiresAt: later(2 * MINUTE_MS) })]);
    expect(await all()).toEqual([
      expect.objectContaining({ minTokenVersion: 3, keptSessionId: kept, expiresAt: later(2 * MINUTE_MS) }),
    ]);
    await blacklist().add([revokedUser({ userId, minTokenVersion: 4 })]);
    expect(await all()).toEqual([
      expect.objectContaining({ minTokenVersion: 4, keptSessionId: null, expiresAt: later(2 * MINUTE_MS) }),
    ]);
  });

  it('merges entries of one call, too, and takes none', async () => {
    const [userId, sessionId] = [randomUUID(), randomUUID()];
    await blacklist().add([]);
    await blacklist().add([
      revokedUser({ userId, minTokenVersion: 2, expiresAt: later(2 * MINUTE_MS) }),
      revokedSession({ sessionId }),
      revokedUser({ userId, minTokenVersion: 5 }),
      revokedSession({ sessionId, expiresAt: later(3 * MINUTE_MS) }),
      revokedUser({ userId, minTokenVersion: 3 }),
    ]);
    expect(await all()).toHaveLength(2);
    expect(await all()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'user', minTokenVersion: 5, expiresAt: later(2 * MINUTE_MS) }),
        expect.objectContaining({ kind: 'session', sessionId, expiresAt: later(3 * MINUTE_MS) }),
      ]),
    );
  });

  it('merges what comes at once, in any order', async () => {
    const userIds = Array.from({ length: 5 }, () => randomUUID());
    await simultaneously(20, (index) => {
      const entries = userIds.map((userId) => revokedUser({ userId, minTokenVersion: index + 1 }));
      return blacklist().add(index % 2 ? entries : entries.reverse());
    });
    expect((await all()).map((entry) => entry.kind === 'user' && entry.minTokenVersion)).toEqual([
      20, 20, 20, 20, 20,
    ]);
  });
}

function describeFeed(ports: Ports): void {
  const blacklist = () => ports(BlacklistRepository);

  it('gives all that still matters, and what was recorded since', async () => {
    const [first, expired] = [revokedSession(), revokedUser({ expiresAt: NOW })];
    await blacklist().add([first, expired]);
    const { entries, recordedUntil } = await blacklist().since(null, NOW);
    expect(entries).toEqual([first]);
    await passTime();
    expect((await blacklist().since(null, NOW)).recordedUntil.getTime()).toBeGreaterThan(
      recordedUntil.getTime(),
    );
    const after = (await blacklist().since(null, NOW)).recordedUntil;
    await passTime();
    const second = revokedUser();
    await blacklist().add([second]);
    expect((await blacklist().since(after, NOW)).entries).toEqual([second]);
    expect((await blacklist().since(recordedUntil, later(-MINUTE_MS))).entries).toContainEqual(second);
    await passTime();
    const end = (await blacklist().since(null, NOW)).recordedUntil;
    expect((await blacklist().since(end, NOW)).entries).toEqual([]);
  });

  it('gives an entry again when it has changed', async () => {
    const entry = revokedUser();
    await blacklist().add([entry]);
    await passTime();
    const { recordedUntil } = await blacklist().since(null, NOW);
    await passTime();
    await blacklist().add([{ ...entry, id: randomUUID(), minTokenVersion: 9 }]);
    expect((await blacklist().since(recordedUntil, NOW)).entries).toEqual([
      expect.objectContaining({ userId: entry.userId, minTokenVersion: 9 }),
    ]);
  });

  it('joins the transaction', async () => {
    const failing = ports(TransactionRunner).run(async () => {
      await blacklist().add([revokedSession()]);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await blacklist().since(null, NOW)).entries).toEqual([]);
  });

  it('removes what has died by itself before an instant, so many at most', async () => {
    await blacklist().add([1, 1, 1, 2].map((end) => revokedSession({ expiresAt: later(end) })));
    expect(await blacklist().deleteExpired(later(1), 10)).toBe(0);
    expect(await blacklist().deleteExpired(later(2), 2)).toBe(2);
    expect(await blacklist().deleteExpired(later(2), 10)).toBe(1);
    expect((await blacklist().since(null, NOW)).entries).toHaveLength(1);
  });
}

/** Longer than the millisecond that a store's clock is kept to. */
function passTime(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 5);
  });
}
