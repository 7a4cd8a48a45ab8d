import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AttemptBudgetRepository,
  LoginAttemptRepository,
  type NewToken,
  TokenRepository,
} from '../../modules/core/index.js';
import { atOnce, type ContractSetup, type ContractStore, later, NOW } from './contract-store.js';

/** What TokenRepository, AttemptBudgetRepository and LoginAttemptRepository have to do. Run it on a store of your own. */
export function describeTokenRepositories(name: string, setup: ContractSetup): void {
  describe(`${name} keeps secrets and counters`, () => {
    let store: ContractStore;
    let tokens: TokenRepository;
    const secret = (token: Partial<NewToken> = {}): NewToken => ({
      id: randomUUID(),
      userId: null,
      type: 'password_reset',
      subject: randomUUID(),
      token: randomUUID(),
      code: null,
      email: null,
      phoneNumber: null,
      payload: { kept: true },
      expiresAt: later(60_000),
      createdAt: NOW,
      ...token,
    });

    beforeAll(async () => {
      store = await setup();
      tokens = store.get(TokenRepository);
    });
    afterAll(() => store.close());

    it('gives a secret to one of fifty', async () => {
      const link = secret();
      await tokens.replace(link);
      const redeemed = await atOnce(50, () => tokens.consume(link.type, link.token ?? '', NOW));
      expect(redeemed.filter((token) => token !== null)).toHaveLength(1);
      const coded = secret({ token: null, code: 'right' });
      await tokens.replace(coded);
      const byCode = await atOnce(50, () =>
        tokens.consumeByCode(coded.type, coded.subject, ['other', 'right'], NOW),
      );
      expect(byCode.filter((token) => token !== null)).toHaveLength(1);
    });

    it('binds a secret to purpose and lifetime', async () => {
      const link = secret();
      await tokens.replace(link);
      expect(await tokens.consume('email_change', link.token ?? '', NOW)).toBeNull();
      expect(await tokens.consume(link.type, link.token ?? '', later(60_000))).toBeNull();
      expect(await tokens.findActive(link.type, link.token ?? '', NOW)).toMatchObject({
        payload: { kept: true },
        used: false,
      });
    });

    it('voids the older secret of a subject, however many ask at once', async () => {
      const subject = randomUUID();
      const asked = await atOnce(20, async () => {
        const link = secret({ subject });
        await tokens.replace(link);
        return link;
      });
      const alive = await Promise.all(
        asked.map((link) => tokens.findActive(link.type, link.token ?? '', NOW)),
      );
      expect(alive.filter((token) => token !== null)).toHaveLength(1);
    });

    it('counts attempts in the window that the first one opened', async () => {
      const budgets = store.get(AttemptBudgetRepository);
      const subject = randomUUID();
      const counted = await atOnce(50, () => budgets.reserve('p', subject, 1_000, NOW));
      expect(counted.map(({ attempts }) => attempts).sort((one, other) => one - other)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
      expect((await budgets.reserve('p', subject, 1_000, later(1_000))).attempts).toBe(1);
      await budgets.clear('p', subject);
      expect((await budgets.reserve('p', subject, 1_000, NOW)).attempts).toBe(1);
    });

    it('locks an unknown identifier as an account is locked', async () => {
      const attempts = store.get(LoginAttemptRepository);
      const key = randomUUID();
      const policy = { maxAttempts: 3, durationMs: 60_000 };
      const reserved = await atOnce(20, () => attempts.reserve(key, policy, NOW));
      expect(reserved.filter(({ lockedUntil }) => lockedUntil === null)).toHaveLength(3);
      expect(await attempts.reserve(key, policy, later(60_001))).toEqual({ lockedUntil: null });
    });
  });
}
