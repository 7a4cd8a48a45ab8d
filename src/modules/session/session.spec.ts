import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { inMemoryStorage } from '../../shared/persistence/in-memory-storage.js';
import { session } from './session.module.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import { ClaimsChanges, CredentialAuthenticator, SessionRepository, UserRepository } from '../core/index.js';

const PASSWORD = 'a gatehouse of 7 towers';
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(options: TestAuthOptions = {}) {
  const started = await createTestAuth(options);
  auth = started;
  await started.api.post('/signup', { email: 'ada@example.com', password: PASSWORD });
  const login = async () =>
    (await started.api.post('/login', { email: 'ada@example.com', password: PASSWORD })).body;
  const status = async (token: string) => (await started.api.get('/sessions', { token })).status;
  return { ...started, login, status, users: started.app.get(UserRepository, { strict: false }) };
}

describe('session mode', () => {
  it('issues opaque tokens of 256 bits, all different', async () => {
    const { login, api } = await start();
    const tokens = new Set<string>();
    let { access_token: access, refresh_token: refresh } = await login();
    for (let i = 0; i < 100; i++) {
      for (const token of [access, refresh]) {
        expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
        tokens.add(token);
      }
      ({ access_token: access, refresh_token: refresh } = (
        await api.post('/refresh', { refresh_token: refresh })
      ).body);
    }
    expect(tokens.size).toBe(200);
  });

  it('refuses, on the next request, whoever may not act any more', async () => {
    const { login, status, users, clock, api } = await start({ emailVerification: 'optional' });
    const dead: ((id: string) => Promise<unknown>)[] = [
      (id) => users.raiseTokenVersion(id),
      (id) => users.setActive(id, false),
      (id) => users.ban(id, { at: clock.now(), until: null, reason: null, by: null }),
      (id) => users.softDelete(id, clock.now()),
    ];
    for (const kill of dead) {
      const { access_token: token, refresh_token: refresh, user } = await login();
      expect(await status(token)).toBe(200);
      await kill(user.id);
      expect(await status(token)).toBe(401);
      expect((await api.post('/refresh', { refresh_token: refresh })).status).toBe(401);
      await users.setActive(user.id, true);
      await users.unban(user.id);
      expect(await status(token)).toBe(401);
    }
  });

  it('ends with the access token, the session and idleness', async () => {
    const { login, status, clock } = await start({ session: { idleTtlMs: 10 * MINUTE } });
    const { access_token: token } = await login();
    for (let i = 0; i < 2; i++) {
      clock.advance(7 * MINUTE);
      expect(await status(token)).toBe(200);
    }
    clock.advance(MINUTE);
    expect(await status(token)).toBe(401);
    const { access_token: idle } = await login();
    clock.advance(10 * MINUTE);
    expect(await status(idle)).toBe(401);
  });

  it('never outlives the session, however often it is refreshed', async () => {
    const { login, api, clock } = await start({ session: { sessionTtlMs: 2 * DAY } });
    let { refresh_token: refresh } = await login();
    for (let hours = 0; hours < 47; hours++) {
      clock.advance(60 * MINUTE);
      ({ refresh_token: refresh } = (await api.post('/refresh', { refresh_token: refresh })).body);
    }
    clock.advance(60 * MINUTE);
    expect((await api.post('/refresh', { refresh_token: refresh })).status).toBe(401);
  });

  it('says what is so on the next request, under the token that there is', async () => {
    let plan = 'free';
    let collected = 0;
    const extraClaims = () => ({ plan, collected: ++collected });
    const { login, app } = await start({ extraClaims });
    const { access_token: token, user } = await login();
    const claims = async () =>
      (
        await app
          .get(CredentialAuthenticator, { strict: false })
          .authenticate({ method: 'GET', url: '/', headers: { authorization: `Bearer ${token}` } })
      ).principal.claims;
    expect(await claims()).toMatchObject({ plan: 'free', collected: 1, claims_version: 0 });
    plan = 'pro';
    expect(await claims()).toMatchObject({ plan: 'free' });
    await app.get(ClaimsChanges, { strict: false }).announce([user.id]);
    for (let request = 0; request < 3; request++)
      expect(await claims()).toMatchObject({ plan: 'pro', collected: 2, claims_version: 1 });
  });

  it('refuses to cache over a store that tells nobody of changes', async () => {
    const { CastellanModule } = await import('../../castellan.module.js');
    const { testKeyRing, testSigningKeys } = await import('../../testing/test-keys.js');
    const testing = await Test.createTestingModule({
      imports: [
        CastellanModule.forRoot({
          appUrl: 'http://localhost',
          secrets: testKeyRing(),
          signingKeys: testSigningKeys(),
          storage: inMemoryStorage(),
          modules: [session({ cache: { maxEntries: 5 } })],
        }),
      ],
    }).compile();
    const app = testing.createNestApplication({ logger: false });
    await expect(app.init()).rejects.toThrow('session.cache needs the users and sessions of typeormStorage');
    await app.close();
  });

  it('asks the store once a request', async () => {
    const { login, app, status } = await start();
    const { access_token: token } = await login();
    const sessions = app.get(SessionRepository, { strict: false });
    const find = sessions.findByAccessToken.bind(sessions);
    let asked = 0;
    sessions.findByAccessToken = (hash) => {
      asked++;
      return find(hash);
    };
    expect(await status(token)).toBe(200);
    expect(await status('not of this mode')).toBe(401);
    expect(asked).toBe(1);
  });
});
