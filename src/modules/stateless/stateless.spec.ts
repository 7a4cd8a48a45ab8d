import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { sha256 } from '../../shared/crypto/random.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import {
  ClaimsChanges,
  JwtSigner,
  LastUseRecorder,
  parseJwt,
  ResolvedCoreOptions,
  SessionRepository,
  SessionService,
  UserRepository,
} from '../core/index.js';
import { BlacklistRepository } from './blacklist/blacklist.repository.js';
import { DenylistFeed } from './denylist-feed.js';
import { RefreshTokenKeys } from './refresh-token-keys.js';

const PASSWORD = 'a gatehouse of 7 towers';
const CLIENT = { ipAddress: null, userAgent: null, requestId: '00000000-0000-4000-8000-000000000001' };

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(options: TestAuthOptions = {}) {
  const started = await createTestAuth({ mode: 'stateless', ...options });
  auth = started;
  await started.api.post('/signup', { email: 'ada@example.com', password: PASSWORD });
  const login = async () =>
    (await started.api.post('/login', { email: 'ada@example.com', password: PASSWORD })).body;
  const status = async (token: string) => (await started.api.get('/sessions', { token })).status;
  const { signingKeys } = started.app.get(ResolvedCoreOptions, { strict: false });
  const sign = (claims: object, typ = 'at+jwt') =>
    new JwtSigner(signingKeys.current).sign({ ...claims }, { typ });
  return { ...started, login, status, sign };
}

describe('stateless mode', () => {
  it('issues access tokens of RFC 9068', async () => {
    const extraClaims = () => ({ plan: 'pro' });
    const { login, clock } = await start({ issuedAudiences: ['https://api.example.com'], extraClaims });
    const { access_token: token, user, session_id: sid } = await login();
    const now = Math.floor(clock.now().getTime() / 1000);
    expect(parseJwt(token)).toEqual({
      header: { alg: expect.any(String), typ: 'at+jwt', kid: expect.any(String) },
      claims: {
        ...{ iss: 'http://localhost:3000', aud: ['https://api.example.com'], sub: user.id, sid, plan: 'pro' },
        ...{
          jti: expect.any(String),
          iat: now,
          exp: now + 900,
          auth_time: now,
          amr: ['pwd'],
          acr: 'aal1',
          email_verified: false,
          token_version: expect.any(Number),
          claims_version: 0,
        },
      },
    });
  });

  it('takes nothing else for one', async () => {
    const { login, status, sign, app } = await start();
    const { access_token: token, refresh_token: refresh } = await login();
    const claims = { ...parseJwt(token)?.claims };
    expect(await status(sign(claims))).toBe(200);
    const { secrets } = app.get(ResolvedCoreOptions, { strict: false });
    const others = [
      refresh,
      sign(claims, 'rt+jwt'),
      sign(claims, 'JWT'),
      new RefreshTokenKeys(secrets).signer.sign(claims, { typ: 'at+jwt' }),
      ...[
        { sid: undefined },
        { sid: 7 },
        { token_version: '0' },
        { claims_version: undefined },
        { auth_time: null },
        { aud: 'x' },
        { iss: 'x' },
        { exp: 1 },
      ].map((change) => sign({ ...claims, ...change })),
      `${token}x`,
    ];
    for (const [index, other] of others.entries()) expect([index, await status(other)]).toEqual([index, 401]);
  });

  it('takes no other token for a refresh token', async () => {
    const { api, login, sign, app } = await start();
    const { access_token: token, refresh_token: refresh } = await login();
    const claims = { ...parseJwt(refresh)?.claims };
    const { secrets } = app.get(ResolvedCoreOptions, { strict: false });
    const forged = new RefreshTokenKeys(secrets).signer.sign({ ...claims, jti: 'x' }, { typ: 'rt+jwt' });
    for (const other of [token, sign(claims, 'rt+jwt'), forged, `${refresh}x`, 'a.b.c', 'A'.repeat(43)]) {
      expect((await api.post('/refresh', { refresh_token: other })).body).toMatchObject({
        code: 'core.invalid_refresh_token',
        status: 401,
      });
    }
    expect((await api.post('/refresh', { refresh_token: refresh })).status).toBe(200);
  });

  it('kills access tokens at once, with whatever ends their session', async () => {
    const { api, login, status, app } = await start();
    const users = app.get(UserRepository, { strict: false });
    const sessions = app.get(SessionService, { strict: false });
    const [one, two, three] = [await login(), await login(), await login()];
    await api.delete(`/sessions/${two.session_id}`, undefined, { token: one.access_token });
    expect([
      await status(one.access_token),
      await status(two.access_token),
      await status(three.access_token),
    ]).toEqual([200, 401, 200]);

    await api.delete('/sessions', undefined, { token: one.access_token });
    expect([await status(one.access_token), await status(three.access_token)]).toEqual([200, 401]);
    const refreshed = await api.post('/refresh', { refresh_token: one.refresh_token });
    expect([await status(refreshed.body.access_token), await status((await login()).access_token)]).toEqual([
      200, 200,
    ]);

    const changed = await users.raiseTokenVersion(one.user.id);
    await sessions.revokeAll(one.user.id, 'banned', CLIENT, { tokenVersion: changed?.tokenVersion });
    for (const token of [one.access_token, refreshed.body.access_token])
      expect(await status(token)).toBe(401);
    expect(await status((await login()).access_token)).toBe(200);
  });

  it('writes down what the next start has to know', async () => {
    const { api, login, app } = await start();
    const { access_token: token, session_id: sessionId, user } = await login();
    await api.post('/logout', undefined, { token });
    const blacklist = app.get(BlacklistRepository, { strict: false });
    const { entries } = await blacklist.since(null, new Date());
    expect(entries).toMatchObject([{ kind: 'session', sessionId, userId: user.id }]);
    await app.get(DenylistFeed, { strict: false }).poll();
    const later = { sessionId, userId: user.id, tokenVersion: 99, claimsVersion: 99 };
    expect(await blacklist.isRevoked(later, new Date())).toBe(true);
  });

  it('refuses what a token said before a change, and signs nobody out', async () => {
    let plan = 'free';
    const { api, login, status, app } = await start({ extraClaims: () => ({ plan }) });
    const { access_token: token, refresh_token: refresh, user } = await login();
    plan = 'pro';
    await app.get(ClaimsChanges, { strict: false }).announce([user.id, user.id]);
    expect(await status(token)).toBe(401);
    const next = (await api.post('/refresh', { refresh_token: refresh })).body.access_token;
    expect(await status(next)).toBe(200);
    expect(parseJwt(next)?.claims).toMatchObject({ plan: 'pro', claims_version: 1, token_version: 0 });
  });

  it.each([['one session'], ['all of them']])(
    'remembers %s as long as tokens of a longer lifetime live',
    async (which) => {
      const { api, login, app, clock } = await start();
      const { access_token: token, session_id: sessionId, user } = await login();
      const sessions = app.get(SessionRepository, { strict: false });
      // As a node made it before the lifetime was cut to the 15 minutes of this one.
      const state = await sessions.findByRefreshToken(sha256((await login()).refresh_token));
      if (!state) throw new Error('There is no session.');
      const end = new Date(clock.now().getTime() + 2 * 3_600_000);
      await sessions.rotate({
        predecessorId: state.session.id,
        familyId: state.family.id,
        successor: { ...state.session, id: randomUUID(), refreshToken: randomUUID(), expiresAt: end },
        sealedAnswer: '',
        now: clock.now(),
      });
      const longLived = { sessionId: state.family.id, userId: user.id, tokenVersion: 0, claimsVersion: 0 };
      if (which === 'one session') await api.delete(`/sessions/${state.family.id}`, undefined, { token });
      else await api.delete('/sessions', undefined, { token });
      const blacklist = app.get(BlacklistRepository, { strict: false });
      const [entry] = (await blacklist.since(null, clock.now())).entries;
      expect(entry?.expiresAt).toEqual(new Date(end.getTime() + 60_000));
      clock.advance('90m');
      await blacklist.deleteExpired(clock.now(), 10);
      expect(await blacklist.isRevoked(longLived, clock.now())).toBe(true);
      expect(await blacklist.isRevoked({ ...longLived, sessionId }, clock.now())).toBe(false);
    },
  );

  it('takes a revocation back with its transaction', async () => {
    const { login, status, app } = await start();
    const { access_token: token, session_id: sessionId, user } = await login();
    const { TransactionRunner } = await import('../../shared/persistence/transaction-runner.js');
    const work = app.get(TransactionRunner, { strict: false }).run(async () => {
      await app.get(SessionService, { strict: false }).revoke(user.id, sessionId, 'logout', CLIENT);
      throw new Error('rolled back');
    });
    await expect(work).rejects.toThrow('rolled back');
    await app.get(DenylistFeed, { strict: false }).poll();
    expect(await status(token)).toBe(200);
  });

  it('notes uses in the background', async () => {
    const { login, status, clock, app } = await start();
    const { access_token: token, session_id: sessionId } = await login();
    clock.advance(5 * 60_000);
    expect(await status(token)).toBe(200);
    await app.get(LastUseRecorder, { strict: false }).flush();
    expect((await app.get(SessionRepository, { strict: false }).findFamily(sessionId))?.lastUsedAt).toEqual(
      clock.now(),
    );
  });

  it('converges: twenty refreshes at once give one answer', async () => {
    const { api, login } = await start();
    const { refresh_token: refresh } = await login();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => api.post('/refresh', { refresh_token: refresh })),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect((await api.post('/refresh', { refresh_token: answers[0]?.body.refresh_token })).status).toBe(200);
  });
});
