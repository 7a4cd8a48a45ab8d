import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { ImpersonationRepository } from '../../modules/core/session/impersonation.repository.js';
import { SessionRepository } from '../../modules/core/session/session.repository.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import { type ContractSetup, createUser, describeContract, later, MINUTE_MS, NOW } from './contract-store.js';
import { startSession } from './session-fixture.js';

/** What every ImpersonationRepository has to do. */
export function describeImpersonationRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an ImpersonationRepository`, setup, (ports) => {
    const impersonations = () => ports(ImpersonationRepository);
    const cast = async () => {
      const [admin, user] = [await createUser(ports), await createUser(ports)];
      const sessions = [await startSession(ports, admin.id), await startSession(ports, admin.id)];
      const [first = '', second = ''] = sessions.map(({ family }) => family.id);
      const acting = async (own: string): Promise<string> =>
        (await startSession(ports, user.id, { impersonatorId: admin.id, impersonatorSessionId: own })).family
          .id;
      const plain = (await startSession(ports, user.id)).family.id;
      return {
        admin,
        user,
        first,
        second,
        byFirst: await acting(first),
        bySecond: await acting(second),
        plain,
      };
    };

    it('holds a session that lives', async () => {
      const { first } = await cast();
      await ports(TransactionRunner).run(async () => {
        expect(await impersonations().holdSession(first, NOW)).toBe(true);
        expect(await impersonations().holdSession(first, later(60 * MINUTE_MS))).toBe(false);
        expect(await impersonations().holdSession(randomUUID(), NOW)).toBe(false);
        await ports(SessionRepository).revoke(first, 'logout', NOW);
        expect(await impersonations().holdSession(first, NOW)).toBe(false);
      });
    });

    it('keeps who acts', async () => {
      const { admin, first, byFirst, plain } = await cast();
      expect(await ports(SessionRepository).findFamily(byFirst)).toMatchObject({
        impersonatorId: admin.id,
        impersonatorSessionId: first,
      });
      expect(await ports(SessionRepository).findFamily(plain)).toMatchObject({ impersonatorId: null });
    });

    it('ends what hangs on some sessions, once', async () => {
      const { admin, user, first, byFirst, bySecond, plain } = await cast();
      const order = { impersonatorId: admin.id, sessionIds: [first], kept: null };
      expect(await impersonations().end({ ...order, impersonatorId: user.id }, NOW)).toEqual([]);
      expect(await impersonations().end(order, NOW)).toEqual([{ sessionId: byFirst, userId: user.id }]);
      expect(await impersonations().end(order, NOW)).toEqual([]);
      const sessions = ports(SessionRepository);
      expect(await sessions.findFamily(byFirst)).toMatchObject({
        revokedAt: NOW,
        revokedReason: 'impersonation_ended',
      });
      for (const id of [bySecond, plain]) expect((await sessions.findFamily(id))?.revokedAt).toBeNull();
    });

    it('ends what hangs on all but one', async () => {
      const { admin, user, first, second, byFirst, bySecond } = await cast();
      const order = { impersonatorId: admin.id, sessionIds: null, kept: second };
      expect(await impersonations().end(order, NOW)).toEqual([{ sessionId: byFirst, userId: user.id }]);
      expect(await impersonations().end({ ...order, kept: first }, NOW)).toEqual([
        { sessionId: bySecond, userId: user.id },
      ]);
    });

    it('goes with the administrator’s account', async () => {
      const { admin, byFirst, plain } = await cast();
      await ports(UserRepository).delete(admin.id);
      expect(await ports(SessionRepository).findFamily(byFirst)).toBeNull();
      expect(await ports(SessionRepository).findFamily(plain)).not.toBeNull();
    });
  });
}
