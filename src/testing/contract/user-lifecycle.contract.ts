import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import { TokenRepository } from '../../modules/core/token/token.repository.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { createUser, hash, later, MINUTE_MS, NOW, type Ports, simultaneously } from './contract-store.js';
import { startSession, storedPair } from './session-fixture.js';
import { newToken } from './token-fixture.js';

/** Bans, deactivation, deletion and what comes back. */
export function describeUserLifecycle(ports: Ports): void {
  const users = () => ports(UserRepository);

  it('bans and unbans', async () => {
    const { id } = await createUser(ports);
    const by = randomUUID();
    expect(await users().ban(id, { at: NOW, until: later(MINUTE_MS), reason: 'spam', by })).toMatchObject({
      bannedAt: NOW,
      bannedUntil: later(MINUTE_MS),
      banReason: 'spam',
      bannedBy: by,
      tokenVersion: 1,
    });
    expect(await users().ban(id, { at: NOW, until: null, reason: null, by: null })).toMatchObject({
      bannedUntil: null,
      banReason: null,
      tokenVersion: 2,
    });
    expect(await users().unban(id)).toMatchObject({ bannedAt: null, bannedBy: null, tokenVersion: 2 });
    expect(await users().unban(randomUUID())).toBeNull();
  });

  it('raises the claims version of those that live, by one, in any order from many nodes', async () => {
    const [one, other, deleted] = [await createUser(ports), await createUser(ports), await createUser(ports)];
    await users().softDelete(deleted.id, NOW);
    await simultaneously(20, (index) =>
      users().raiseClaimsVersions(
        index % 2 ? [one.id, other.id] : [other.id, randomUUID(), deleted.id, one.id, one.id],
      ),
    );
    expect(await users().raiseClaimsVersions([one.id])).toEqual([{ id: one.id, claimsVersion: 21 }]);
    expect(await users().findById(one.id)).toMatchObject({ claimsVersion: 21, tokenVersion: 0 });
    expect(await users().findById(other.id)).toMatchObject({ claimsVersion: 20 });
    expect(await users().findById(deleted.id)).toMatchObject({ claimsVersion: 0 });
    expect(await users().raiseClaimsVersions([])).toEqual([]);
  });

  it('deactivates, which ends what was issued, and activates, which does not', async () => {
    const { id } = await createUser(ports);
    expect(await users().setActive(id, false)).toMatchObject({ active: false, tokenVersion: 1 });
    expect(await users().setActive(id, true)).toMatchObject({ active: true, tokenVersion: 1 });
    expect(await users().setActive(randomUUID(), true)).toBeNull();
  });

  it('deletes softly, once: the account is found by its id alone, and its identifiers are free', async () => {
    const { id } = await createUser(ports, {
      email: 'ada@example.com',
      username: 'ada',
      phoneNumber: '+15550100001',
    });
    expect(await users().softDelete(id, NOW)).toMatchObject({ deletedAt: NOW, tokenVersion: 1 });
    expect(await users().softDelete(id, later(1))).toBeNull();
    expect(await users().findById(id)).toMatchObject({ deletedAt: NOW, email: 'ada@example.com' });
    expect(await users().findByEmail('ada@example.com')).toBeNull();
    expect(await users().findByUsername('ada')).toBeNull();
    expect(await users().findByPhoneNumber('+15550100001')).toBeNull();
    expect(await users().isAvailable('email', 'ada@example.com')).toBe(true);
    await createUser(ports, { email: 'ada@example.com', username: 'ada', phoneNumber: '+15550100001' });
  });

  it('restores, unless an identifier has a new owner', async () => {
    const { id } = await createUser(ports, { email: 'ada@example.com', username: 'ada' });
    expect(await users().restore(id)).toEqual({ missing: true });
    expect(await users().restore(randomUUID())).toEqual({ missing: true });
    await users().softDelete(id, NOW);
    const heir = await createUser(ports, { username: 'Ada' });
    await ports(TransactionRunner).run(async () => {
      expect(await users().restore(id)).toEqual({ conflict: 'username' });
      await users().softDelete(heir.id, NOW);
      expect(await users().restore(id)).toMatchObject({ user: { id, deletedAt: null, tokenVersion: 1 } });
    });
    expect(await users().findByEmail('ada@example.com')).toMatchObject({ id });
  });

  it('restores one of two with the same address', async () => {
    const made = [];
    for (let round = 0; round < 2; round += 1) {
      const { id } = await createUser(ports, { email: 'ada@example.com' });
      await users().softDelete(id, NOW);
      made.push(id);
    }
    const restored = await Promise.all(made.map((id) => users().restore(id)));
    expect(restored.filter((write) => 'user' in write)).toHaveLength(1);
    expect(restored).toContainEqual({ conflict: 'email' });
  });

  it('removes the row with its sessions and secrets, and nobody else’s', async () => {
    const [user, other] = [await createUser(ports), await createUser(ports)];
    const [session, others] = [await startSession(ports, user.id), await startSession(ports, other.id)];
    const tokens = [newToken({ userId: user.id }), newToken({ userId: other.id }), newToken()];
    for (const token of tokens) await ports(TokenRepository).replace(token);

    expect(await users().delete(user.id)).toBe(true);
    expect(await users().delete(user.id)).toBe(false);
    expect(await users().findById(user.id)).toBeNull();
    expect(await ports(SessionRepository).findFamily(session.family.id)).toBeNull();
    expect(await storedPair(ports, session.pair)).toBeNull();
    expect(await ports(TokenRepository).findByUserId(user.id)).toEqual([]);

    expect(await storedPair(ports, others.pair)).not.toBeNull();
    expect(await ports(TokenRepository).findByUserId(other.id)).toHaveLength(1);
    expect(
      await ports(TokenRepository).findActive('password_reset', tokens[2]?.token ?? hash(), NOW),
    ).not.toBeNull();
  });

  it('lists who was deleted before an instant, the longest gone first', async () => {
    const gone = [];
    for (const deletedAt of [later(2), later(0), later(1), later(3)]) {
      const { id } = await createUser(ports);
      await users().softDelete(id, deletedAt);
      gone.push({ id, deletedAt });
    }
    await createUser(ports);
    const expected = [gone[1]?.id, gone[2]?.id, gone[0]?.id];
    expect(await users().listDeletedBefore(later(3), 10)).toEqual(expected);
    expect(await users().listDeletedBefore(later(3), 2)).toEqual(expected.slice(0, 2));
    expect(await users().listDeletedBefore(NOW, 10)).toEqual([]);
  });
}
