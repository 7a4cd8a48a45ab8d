import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import { createUser, later, MINUTE_MS, NOW, type Ports, present, simultaneously } from './contract-store.js';
import { newPair, rotationOf, type StartedSession, startSession, storedPair } from './session-fixture.js';

/** Rotation, alone and against others. */
export function describeSessionRotation(ports: Ports): void {
  const sessions = () => ports(SessionRepository);
  const started = async () => startSession(ports, (await createUser(ports)).id);

  it('links and inserts the successor, and leaves the family as it is', async () => {
    const session = await started();
    const rotation = rotationOf(session);
    expect(await sessions().rotate(rotation)).toBe(true);
    expect(await storedPair(ports, session.pair)).toEqual({
      ...session.pair,
      replacedBy: rotation.successor.id,
      replacedAt: rotation.now,
      sealedAnswer: 'sealed',
    });
    expect(await sessions().findByRefreshToken(rotation.successor.refreshToken)).toMatchObject({
      session: rotation.successor,
      family: session.family,
    });
  });

  it('tells when the last access token of a user, or of some sessions, dies by itself', async () => {
    const [user, stranger] = [await createUser(ports), await createUser(ports)];
    expect(await sessions().lastAccessEnd(user.id)).toBeNull();
    const [one, other] = [await startSession(ports, user.id), await startSession(ports, user.id)];
    const expiresAt = new Date(one.pair.expiresAt.getTime() + 30_000);
    await sessions().rotate(rotationOf(one, { successor: newPair(one.family, { expiresAt }) }));
    expect(await sessions().lastAccessEnd(user.id)).toEqual(expiresAt);
    expect(await sessions().lastAccessEnd(user.id, [other.family.id])).toEqual(other.pair.expiresAt);
    expect(await sessions().lastAccessEnd(user.id, [])).toBeNull();
    expect(await sessions().lastAccessEnd(stranger.id, [one.family.id])).toBeNull();
  });

  it('says with a pair whether its successor is the current one', async () => {
    const session = await started();
    const first = rotationOf(session);
    const second = rotationOf({ ...session, pair: first.successor });
    const current = async () =>
      Promise.all(
        [session.pair, first.successor, second.successor].map(
          async ({ refreshToken }) => (await sessions().findByRefreshToken(refreshToken))?.successorIsCurrent,
        ),
      );
    expect(await current()).toEqual([false, undefined, undefined]);
    await sessions().rotate(first);
    expect(await current()).toEqual([true, false, undefined]);
    await sessions().rotate(second);
    expect(await current()).toEqual([false, true, false]);
  });

  it('lets one of 20 win, and inserts nothing for the others', async () => {
    const session = await started();
    const rotations = Array.from({ length: 20 }, () => rotationOf(session));
    const won = await Promise.all(rotations.map((rotation) => sessions().rotate(rotation)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const successors = present(
      await Promise.all(rotations.map(({ successor }) => storedPair(ports, successor))),
    );
    expect(successors.map(({ id }) => id)).toEqual([(await storedPair(ports, session.pair))?.replacedBy]);
    expect(successors[0]?.id).toBe(rotations[won.indexOf(true)]?.successor.id);
  });

  it('rotates a pair once, and then its successor', async () => {
    const session = await started();
    const first = rotationOf(session);
    expect(await sessions().rotate(first)).toBe(true);
    expect(await sessions().rotate(rotationOf(session))).toBe(false);
    expect(await sessions().rotate(rotationOf({ ...session, pair: first.successor }))).toBe(true);
  });

  it('rotates nothing in a family that has ended or expired, or is another’s', async () => {
    const [session, other] = [await started(), await started()];
    const refused = [
      rotationOf(session, { now: session.family.expiresAt }),
      rotationOf(session, { familyId: other.family.id }),
      rotationOf(session, { familyId: randomUUID() }),
      rotationOf(session, { predecessorId: randomUUID() }),
    ];
    for (const rotation of refused) expect(await sessions().rotate(rotation)).toBe(false);
    await sessions().revoke(session.family.id, 'logout', NOW);
    refused.push(rotationOf(session));
    expect(await sessions().rotate(rotationOf(session))).toBe(false);
    for (const { successor } of refused) expect(await storedPair(ports, successor)).toBeNull();
    expect(await storedPair(ports, session.pair)).toEqual(session.pair);
  });

  it('leaves no living successor behind a revocation at the same time', async () => {
    const { id } = await createUser(ports);
    for (let round = 0; round < 15; round += 1) {
      const session = await startSession(ports, id);
      const rotation = rotationOf(session);
      const [, ended] = await Promise.all([
        sessions().rotate(rotation),
        round % 2
          ? sessions().revoke(session.family.id, 'logout', later(MINUTE_MS))
          : sessions().revokeAll(id, 'banned', later(MINUTE_MS)),
      ]);
      expect(Array.isArray(ended) ? ended : [ended?.id]).toEqual([session.family.id]);
      const state = await sessions().findByRefreshToken(rotation.successor.refreshToken);
      if (state) expect(state.family.revokedAt).toEqual(later(MINUTE_MS));
      const next = { ...session, pair: state ? rotation.successor : session.pair };
      expect(await sessions().rotate(rotationOf(next, { now: later(2 * MINUTE_MS) }))).toBe(false);
    }
  });

  it('is not confused by many families that rotate at once', async () => {
    const { id } = await createUser(ports);
    const made: StartedSession[] = [];
    for (let count = 0; count < 10; count += 1) made.push(await startSession(ports, id));
    const won = await simultaneously(30, (index) => {
      const session = made[index % made.length];
      if (!session) throw new Error('There is one.');
      return sessions().rotate(rotationOf(session, { successor: newPair(session.family) }));
    });
    expect(won.filter(Boolean)).toHaveLength(10);
  });
}
