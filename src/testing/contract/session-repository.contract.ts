import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type SessionFamilyRecord,
  type SessionRecord,
  SessionRepository,
  UserRepository,
} from '../../modules/core/index.js';
import { DEFAULT_REALM_ID } from '../../shared/persistence/realm.js';
import { atOnce, type ContractSetup, type ContractStore, later, NOW } from './contract-store.js';

/** What every SessionRepository has to do. Run it on a store of your own. */
export function describeSessionRepository(name: string, setup: ContractSetup): void {
  describe(`${name} is a SessionRepository`, () => {
    let store: ContractStore;
    let sessions: SessionRepository;

    beforeAll(async () => {
      store = await setup();
      sessions = store.get(SessionRepository);
    });
    afterAll(() => store.close());

    const family = (userId: string, changes: Partial<SessionFamilyRecord> = {}): SessionFamilyRecord => ({
      id: randomUUID(),
      realmId: DEFAULT_REALM_ID,
      userId,
      tokenVersion: 0,
      expiresAt: later(600_000),
      revokedAt: null,
      revokedReason: null,
      deviceName: null,
      userAgent: null,
      ipAddress: null,
      authenticatedAt: NOW,
      methods: ['pwd'],
      lastUsedAt: NOW,
      createdAt: NOW,
      ...changes,
    });
    const pair = ({ id: familyId, userId }: SessionFamilyRecord): SessionRecord => ({
      id: randomUUID(),
      familyId,
      userId,
      refreshToken: randomUUID(),
      refreshTokenExpiresAt: later(300_000),
      accessToken: randomUUID(),
      expiresAt: later(60_000),
      claims: { role: 'x' },
      userAgent: null,
      ipAddress: null,
      replacedBy: null,
      replacedAt: null,
      sealedAnswer: null,
      createdAt: NOW,
    });
    const user = async (): Promise<string> => {
      const id = randomUUID();
      await store.get(UserRepository).create({ id, createdAt: NOW, email: `${id}@example.com` });
      return id;
    };
    const start = async (
      userId: string,
      changes: Partial<SessionFamilyRecord> = {},
      max: number | null = null,
    ) => {
      const started = family(userId, changes);
      const first = pair(started);
      return { family: started, first, evicted: await sessions.start(started, first, max) };
    };
    const rotation = (of: SessionFamilyRecord, predecessor: SessionRecord, successor = pair(of)) => ({
      predecessorId: predecessor.id,
      familyId: of.id,
      successor,
      sealedAnswer: 'sealed',
      now: later(1_000),
    });

    it('reads a pair with its family and its account', async () => {
      const userId = await user();
      const { family: started, first } = await start(userId);
      const state = await sessions.findByAccessToken(first.accessToken ?? '');
      expect(state).toMatchObject({ session: first, family: started, user: { id: userId } });
      expect((await sessions.findByRefreshToken(first.refreshToken))?.session.id).toBe(first.id);
      expect(await sessions.findByAccessToken(randomUUID())).toBeNull();
    });

    it('lets one of twenty rotations win', async () => {
      const { family: started, first } = await start(await user());
      const won = await atOnce(20, () => sessions.rotate(rotation(started, first)));
      expect(won.filter(Boolean)).toHaveLength(1);
      const replaced = await sessions.findById(first.id);
      expect(replaced).toMatchObject({ sealedAnswer: 'sealed', replacedAt: later(1_000) });
      expect((await sessions.findById(replaced?.replacedBy ?? ''))?.familyId).toBe(started.id);
      expect(await sessions.forgetSealedAnswers(later(2_000), 100)).toBeGreaterThan(0);
      expect((await sessions.findById(first.id))?.sealedAnswer).toBeNull();
    });

    it('never rotates what has been revoked, and leaves nothing alive behind a race of both', async () => {
      const { family: started, first } = await start(await user());
      await Promise.all([
        sessions.rotate(rotation(started, first)),
        sessions.revoke(started.id, 'logout', NOW),
      ]);
      expect((await sessions.findFamily(started.id))?.revokedReason).toBe('logout');
      expect(await sessions.rotate(rotation(started, first))).toBe(false);
      expect(await sessions.revoke(started.id, 'logout', NOW)).toBeNull();
    });

    it('evicts the sessions used longest ago', async () => {
      const userId = await user();
      const old = await start(userId, { lastUsedAt: later(-2_000) });
      const newer = await start(userId, { lastUsedAt: later(-1_000) });
      const latest = await start(userId, {}, 2);
      expect(latest.evicted).toEqual([old.family.id]);
      expect((await sessions.findFamily(newer.family.id))?.revokedAt).toBeNull();
    });

    it('ends all but one, and nobody else’s', async () => {
      const userId = await user();
      const kept = await start(userId);
      const ended = await start(userId);
      const stranger = await start(await user());
      expect(await sessions.revoke(stranger.family.id, 'user_revoke', NOW, { userId })).toBeNull();
      expect(await sessions.revokeAll(userId, 'password_change', NOW, kept.family.id)).toEqual([
        ended.family.id,
      ]);
      await sessions.adoptTokenVersion(kept.family.id, 1);
      expect(await sessions.findFamily(kept.family.id)).toMatchObject({ tokenVersion: 1, revokedAt: null });
      expect((await sessions.findFamily(stranger.family.id))?.revokedAt).toBeNull();
    });

    it('moves a last use forwards alone', async () => {
      const { family: started } = await start(await user());
      await sessions.touch([{ familyId: started.id, at: later(5_000) }]);
      await sessions.touch([{ familyId: started.id, at: later(1_000) }]);
      expect((await sessions.findFamily(started.id))?.lastUsedAt).toEqual(later(5_000));
    });

    it('goes with its account', async () => {
      const userId = await user();
      const { family: started, first } = await start(userId);
      await store.get(UserRepository).delete(userId);
      expect(await sessions.findFamily(started.id)).toBeNull();
      expect(await sessions.findById(first.id)).toBeNull();
    });
  });
}
