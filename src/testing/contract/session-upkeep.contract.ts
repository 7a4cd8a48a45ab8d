import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { SessionFamilyRecord, SessionRecord } from '../../modules/core/session/session.js';
import { SessionRepository, type SessionSortField } from '../../modules/core/session/session.repository.js';
import { defineListing, type ListingOpts } from '../../shared/listing/listing.js';
import { toPage } from '../../shared/listing/page.js';
import { keyFrom } from '../../shared/listing/paginate.js';
import { createUser, later, MINUTE_MS, NOW, type Ports, simultaneously } from './contract-store.js';
import { newFamily, newPair, rotationOf, startSession, storedPair } from './session-fixture.js';

const SESSIONS = defineListing({
  sortable: ['created_at', 'expires_at', 'ip_address'],
  defaultSort: 'created_at',
});
const keyOf = keyFrom<SessionFamilyRecord, SessionSortField>({
  created_at: (family) => family.createdAt,
  expires_at: (family) => family.expiresAt,
  ip_address: (family) => family.ipAddress,
});

/** Lists, last uses, and what is forgotten. */
export function describeSessionUpkeep(ports: Ports): void {
  describeLists(ports);
  describeChanges(ports);
  describeForgetting(ports);
}

function describeLists(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('lists living families of a user, one entry each', async () => {
    const [user, other] = [await createUser(ports), await createUser(ports)];
    const session = await startSession(ports, user.id);
    await sessions().rotate(rotationOf(session, { now: NOW }));
    const ended = await startSession(ports, user.id);
    await sessions().revoke(ended.family.id, 'logout', NOW);
    await startSession(ports, user.id, { expiresAt: later(1) });
    await startSession(ports, other.id);
    expect(await sessions().listByUser(user.id, SESSIONS.normalize(), later(1))).toEqual({
      rows: [session.family],
      total: 1,
    });
    expect((await sessions().listByUser(user.id, SESSIONS.normalize(), NOW)).total).toBe(2);
  });

  it.each(
    SESSIONS.sortable.flatMap((field) => [
      { sort_field: field, sort_dir: 'asc' },
      { sort_field: field, sort_dir: 'desc' },
    ]),
  )('sorts by $sort_field, $sort_dir, null highest, by id where equal; pages meet', async (order) => {
    const { id } = await createUser(ports);
    const made: SessionFamilyRecord[] = [];
    for (const [index, ipAddress] of ['::1', null, '10.0.0.1', null, '::1'].entries()) {
      const values = { ipAddress, createdAt: later(index >> 1), expiresAt: later(MINUTE_MS - (index >> 1)) };
      made.push((await startSession(ports, id, values)).family);
    }
    const ids = [...made].sort((one, other) => compare(one, other, order.sort_field)).map((row) => row.id);
    if (order.sort_dir === 'desc') ids.reverse();
    const list = async (options: ListingOpts) => {
      const listing = SESSIONS.normalize({ ...order, ...options });
      const { rows, total } = await sessions().listByUser(id, listing, NOW);
      expect(total).toBe(5);
      return { ids: rows.map((row) => row.id), next: toPage(listing, rows, total, keyOf).next_cursor };
    };
    expect((await list({})).ids).toEqual(ids);
    expect((await list({ offset: 1, limit: 2 })).ids).toEqual(ids.slice(1, 3));
    const paged: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ limit: 2, cursor });
      paged.push(...page.ids);
      cursor = page.next;
    }
    expect(paged).toEqual(ids);
  });
}

function describeChanges(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('carries a family over to a new token version, and records a new proof, while it has not ended', async () => {
    const { id } = await createUser(ports);
    const { family } = await startSession(ports, id);
    await sessions().adoptTokenVersion(family.id, 4);
    await sessions().reauthenticate(family.id, later(1), ['pwd', 'mfa']);
    const changed = { ...family, tokenVersion: 4, authenticatedAt: later(1), methods: ['pwd', 'mfa'] };
    expect(await sessions().findFamily(family.id)).toEqual(changed);
    await sessions().revoke(family.id, 'logout', NOW);
    await sessions().adoptTokenVersion(family.id, 5);
    await sessions().reauthenticate(family.id, later(2), []);
    expect(await sessions().findFamily(family.id)).toMatchObject({
      tokenVersion: 4,
      authenticatedAt: later(1),
      methods: ['pwd', 'mfa'],
    });
  });

  it('keeps claims that were collected anew', async () => {
    const { id } = await createUser(ports);
    const [{ pair }, other] = [await startSession(ports, id), await startSession(ports, id)];
    await sessions().replaceClaims(pair.id, { roles: ['auditor'], claims_version: 1 });
    const claims = { roles: ['auditor'], claims_version: 1 };
    expect(await storedPair(ports, pair)).toEqual({ ...pair, claims });
    expect(await storedPair(ports, other.pair)).toEqual(other.pair);
    await sessions().replaceClaims(randomUUID(), {});
  });

  it('writes last uses, never backwards, and only where there is something', async () => {
    const { id } = await createUser(ports);
    const [one, two] = [
      await startSession(ports, id),
      await startSession(ports, id, { lastUsedAt: later(9) }),
    ];
    await sessions().touch([]);
    await sessions().touch([
      { familyId: one.family.id, at: later(3) },
      { familyId: one.family.id, at: later(5) },
      { familyId: one.family.id, at: later(4) },
      { familyId: two.family.id, at: later(8) },
      { familyId: randomUUID(), at: later(8) },
    ]);
    expect(await sessions().findFamily(one.family.id)).toMatchObject({ lastUsedAt: later(5) });
    expect(await sessions().findFamily(two.family.id)).toMatchObject({ lastUsedAt: later(9) });
  });

  it('writes the same last uses in any order from many nodes', async () => {
    const { id } = await createUser(ports);
    const families: string[] = [];
    for (let count = 0; count < 5; count += 1) families.push((await startSession(ports, id)).family.id);
    await simultaneously(20, (index) =>
      sessions().touch(
        (index % 2 ? families : [...families].reverse()).map((familyId) => ({ familyId, at: later(index) })),
      ),
    );
    for (const familyId of families)
      expect(await sessions().findFamily(familyId)).toMatchObject({ lastUsedAt: later(19) });
  });
}

function describeForgetting(ports: Ports): void {
  const sessions = () => ports(SessionRepository);

  it('forgets sealed answers of pairs replaced before an instant, so many at most', async () => {
    const { id } = await createUser(ports);
    const pairs: SessionRecord[] = [];
    for (const replacedAt of [1, 1, 1, 2]) {
      const session = await startSession(ports, id);
      await sessions().rotate(rotationOf(session, { now: later(replacedAt) }));
      pairs.push(session.pair);
    }
    expect(await sessions().forgetSealedAnswers(later(1), 10)).toBe(0);
    expect(await sessions().forgetSealedAnswers(later(2), 2)).toBe(2);
    expect(await sessions().forgetSealedAnswers(later(2), 2)).toBe(1);
    expect(await sessions().forgetSealedAnswers(later(2), 2)).toBe(0);
    const sealed = await Promise.all(
      pairs.map(async (pair) => (await storedPair(ports, pair))?.sealedAnswer),
    );
    expect(sealed).toEqual([null, null, null, 'sealed']);
    expect(pairs[0] && (await storedPair(ports, pairs[0]))?.replacedBy).not.toBeNull();
  });

  it('removes families that ended or expired before an instant, with their pairs', async () => {
    const { id } = await createUser(ports);
    const expired = await startSession(ports, id, { expiresAt: NOW });
    const ended = await startSession(ports, id);
    await sessions().revoke(ended.family.id, 'logout', NOW);
    const living = await startSession(ports, id);
    expect(await sessions().deleteExpired(NOW, 10)).toBe(0);
    expect(await sessions().deleteExpired(later(1), 1)).toBe(1);
    expect(await sessions().deleteExpired(later(1), 10)).toBe(1);
    for (const { family, pair } of [expired, ended]) {
      expect(await sessions().findFamily(family.id)).toBeNull();
      expect(await storedPair(ports, pair)).toBeNull();
    }
    expect(await storedPair(ports, living.pair)).toEqual(living.pair);
  });

  it('removes pairs whose reuse cannot happen any more, and keeps their family', async () => {
    const { id } = await createUser(ports);
    const family = newFamily(id);
    const pair = newPair(family, { refreshTokenExpiresAt: NOW });
    await sessions().start(family, pair);
    const rotation = rotationOf({ family, pair, evicted: [] });
    await sessions().rotate(rotation);
    expect(await sessions().deleteExpired(NOW, 10)).toBe(0);
    expect(await sessions().deleteExpired(later(1), 10)).toBe(1);
    expect(await storedPair(ports, pair)).toBeNull();
    expect(await storedPair(ports, rotation.successor)).toEqual(rotation.successor);
  });
}

function compare(one: SessionFamilyRecord, other: SessionFamilyRecord, field: SessionSortField): number {
  const [a, b] = [keyOf(one, field).value, keyOf(other, field).value];
  if (a === null || b === null) {
    if (a !== b) return a === null ? 1 : -1;
  } else if (a < b || a > b) {
    return a < b ? -1 : 1;
  }
  return one.id < other.id ? -1 : 1;
}
