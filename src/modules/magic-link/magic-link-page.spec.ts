import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import { GatesLogin, type LoginChallenge, LoginGate, type SignInAttempt } from '../core/index.js';
import { magicLink, type MagicLinkOptions } from './index.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a gatehouse of 7 towers';
const TARGET = 'https://app.example.com/in?state=7';
const COOKIE = '__Host-castellan_magic_link';

@Injectable()
@GatesLogin({ order: 1 })
class SecondFactor extends LoginGate {
  override evaluate({ methods }: SignInAttempt): Promise<LoginChallenge | null> {
    return Promise.resolve(methods.includes('mfa') ? null : { type: 'two_factor', methods: ['totp'] });
  }
}

@Module({})
class GateModule {}

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(core: TestAuthOptions = {}, options: MagicLinkOptions = {}) {
  const started = await createTestAuth({
    modules: [magicLink(options)],
    redirectAllowlist: ['https://app.example.com/in'],
    ...core,
  });
  auth = started;
  const { api, mailbox } = started;
  await api.post('/signup', { email: EMAIL, password: PASSWORD });
  const ask = async (fields: object = {}, headers: Record<string, string> = {}) => {
    const answer = await api.post('/magic-link', { email: EMAIL, ...fields }, { headers });
    await started.drainOutbox();
    return answer;
  };
  const open = (headers: Record<string, string> = {}) =>
    api.post('/magic-link/open', { token: mailbox.lastToken(EMAIL) }, { headers });
  const exchange = (code: string | null) => api.post('/magic-link/exchange', { code });
  const codeOf = ({ body }: Awaited<ReturnType<typeof open>>) =>
    new URL(String(body['redirect_to'])).searchParams.get('magic_link_code');
  return { ...started, ask, open, exchange, codeOf };
}

describe('the page of a link', () => {
  it('is served by its name', async () => {
    const { api } = await start();
    const page = await api.get('/pages/magic-link');
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(page.text).toContain('data-endpoint="../magic-link/open" data-credentials="same-origin"');
    expect((await api.get('/pages/verify-email')).text).toContain('data-credentials="omit"');
  });

  it('hands a code to the app, and no token; the app gets its tokens by the code, once', async () => {
    const { ask, open, exchange, codeOf, api } = await start();
    await ask({ redirect_to: TARGET });
    const opened = await open();
    expect(opened.body).toEqual({ status: 'redirect', redirect_to: expect.any(String) });
    expect(opened.headers.get('cache-control')).toBe('no-store');
    expect(opened.headers.get('set-cookie')).toBeNull();
    const target = new URL(String(opened.body['redirect_to']));
    expect([target.origin + target.pathname, target.searchParams.get('state')]).toEqual([
      'https://app.example.com/in',
      '7',
    ]);
    const answer = await exchange(codeOf(opened));
    expect([answer.status, answer.body['status']]).toEqual([200, 'authenticated']);
    expect((await api.get('/me', { token: answer.body.access_token })).status).toBe(200);
    expect((await exchange(codeOf(opened))).body.code).toBe('core.invalid_code');
    expect((await open()).body.code).toBe('core.invalid_code');
  });

  it('hands over a code that lives a minute, and dies with the account’s other credentials', async () => {
    const { ask, open, exchange, codeOf, clock, api } = await start();
    await ask({ redirect_to: TARGET });
    const late = codeOf(await open());
    clock.advance(60_000);
    expect((await exchange(late)).status).toBe(400);
    await ask({ redirect_to: TARGET });
    const tokens = (await exchange(codeOf(await open()))).body;
    await ask({ redirect_to: TARGET });
    const code = codeOf(await open());
    await api.post('/me/password', { new_password: PASSWORD }, { token: tokens.access_token });
    expect((await exchange(code)).body.code).toBe('core.invalid_code');
  });

  it('goes nowhere but to what is allowed', async () => {
    const { ask } = await start();
    for (const redirect_to of ['https://evil.example/in', 'https://app.example.com/inside', '/in', 'x'])
      expect((await ask({ redirect_to })).body.code).toBe('core.redirect_not_allowed');
  });

  it('consumes nothing without a target, where it could hand tokens to nobody', async () => {
    const { ask, open, mailbox, api } = await start();
    await ask();
    expect((await open()).body).toEqual({ status: 'enter_code' });
    const proof = { email: EMAIL, code: mailbox.lastCode(EMAIL) };
    expect((await api.post('/magic-link/confirm', proof)).status).toBe(200);
  });

  it('needs a target where there is no code to enter instead', async () => {
    const { ask } = await start({}, { code: false });
    expect((await ask()).body.code).toBe('magic_link.redirect_required');
    expect((await ask({ redirect_to: TARGET })).status).toBe(202);
  });

  it('ends the session that the app’s browser had', async () => {
    const { ask, open, codeOf, api } = await start();
    const earlier = (await api.post('/login', { email: EMAIL, password: PASSWORD })).body.access_token;
    await api.post('/email/verify/request', { email: EMAIL });
    await auth?.drainOutbox();
    await api.post('/email/verify/confirm', { token: auth?.mailbox.lastToken(EMAIL) });
    await ask({ redirect_to: TARGET });
    const code = codeOf(await open());
    expect((await api.get('/me', { token: earlier })).status).toBe(200);
    expect((await api.post('/magic-link/exchange', { code }, { token: earlier })).status).toBe(200);
    expect((await api.get('/me', { token: earlier })).status).toBe(401);
  });
});

describe('the page of a link, where cookies carry tokens', () => {
  const cookies: TestAuthOptions = { session: { transport: 'cookie' } };
  const sameOrigin = { 'sec-fetch-site': 'same-origin' };

  it('signs in, and goes on without a code', async () => {
    const { ask, open, api } = await start(cookies);
    await ask({ redirect_to: TARGET });
    const opened = await open(sameOrigin);
    expect(opened.body).toEqual({ status: 'redirect', redirect_to: TARGET });
    const cookie = opened.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
    expect(cookie).toContain('__Host-castellan_access=');
    expect((await api.get('/me', { headers: { cookie } })).status).toBe(200);
  });

  it('signs in where there is nowhere to go', async () => {
    const { ask, open } = await start(cookies);
    await ask();
    expect((await open(sameOrigin)).body).toEqual({ status: 'signed_in' });
  });

  it('refuses another site', async () => {
    const { ask, open } = await start(cookies);
    await ask();
    expect((await open({ 'sec-fetch-site': 'cross-site' })).body.code).toBe('core.csrf');
    expect((await open(sameOrigin)).status).toBe(200);
  });

  it('hands the challenge to the app where no page takes it, and sets no cookie before it is completed', async () => {
    const gated: TestAuthOptions = {
      ...cookies,
      modules: [magicLink(), () => ({ module: GateModule, providers: [SecondFactor] })],
    };
    const { ask, open, codeOf, exchange } = await start(gated);
    await ask({ redirect_to: TARGET });
    const opened = await open(sameOrigin);
    expect(opened.headers.getSetCookie()).toEqual([]);
    const { body } = await exchange(codeOf(opened));
    expect(body).toMatchObject({
      status: 'challenge_required',
      challenges: [{ type: 'two_factor', methods: ['totp'] }],
    });
    await ask();
    const lost = await open(sameOrigin);
    expect([lost.body, lost.headers.getSetCookie()]).toEqual([{ status: 'challenge_required' }, []]);
  });
});

describe('a second factor', () => {
  it('is asked for after a link, after a code, and after an exchange', async () => {
    const modules = [magicLink(), () => ({ module: GateModule, providers: [SecondFactor] })];
    const { api, ask, open, exchange, codeOf, mailbox } = await start({ modules });
    const proofs = [
      () => ({ token: mailbox.lastToken(EMAIL) }),
      () => ({ email: EMAIL, code: mailbox.lastCode(EMAIL) }),
    ];
    for (const proof of proofs) {
      await ask();
      const { body } = await api.post('/magic-link/confirm', proof());
      expect([body['status'], body.access_token]).toEqual(['challenge_required', undefined]);
    }
    await ask({ redirect_to: TARGET });
    expect((await exchange(codeOf(await open()))).body['status']).toBe('challenge_required');
  });
});

describe('a link that is bound to its browser', () => {
  const bound: MagicLinkOptions = { bindToBrowser: true };
  const cookieOf = (answer: { headers: Headers }) => answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';

  it('works in that one, and is not spent in another', async () => {
    const { api, ask, open, codeOf, mailbox } = await start({}, bound);
    const asked = await ask({ redirect_to: TARGET });
    expect(asked.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        new RegExp(`^${COOKIE}=[\\w-]{43}; Path=/; Max-Age=900; HttpOnly; Secure; SameSite=Lax$`),
      ),
    ]);
    const strangers: Record<string, string>[] = [
      {},
      { cookie: `${COOKIE}=${'x'.repeat(43)}` },
      { cookie: `${COOKIE}=` },
    ];
    for (const headers of strangers) {
      const refused = await open(headers);
      expect([refused.status, refused.body.code]).toEqual([403, 'magic_link.other_browser']);
    }
    const guess = { email: EMAIL, code: mailbox.lastCode(EMAIL) };
    expect((await api.post('/magic-link/confirm', guess)).body.code).toBe('magic_link.other_browser');
    expect(codeOf(await open({ cookie: cookieOf(asked) }))).not.toBeNull();
  });

  it('keeps the browser’s mark, so that a second tab may wait for another address', async () => {
    const { ask } = await start({}, bound);
    const cookie = cookieOf(await ask());
    expect(cookieOf(await ask({}, { cookie }))).toBe(cookie);
    expect(cookieOf(await ask({}, { cookie: `${COOKIE}=short` }))).toMatch(/=[\w-]{43}$/);
  });

  it('is no option that is on by itself', async () => {
    const { ask } = await start();
    expect((await ask()).headers.getSetCookie()).toEqual([]);
  });
});

describe('options', () => {
  it.each<[MagicLinkOptions, RegExp]>([
    [{ ttlMs: 0 }, /magicLink\.ttlMs/],
    [{ ttlMs: 1.5e5 + 0.5 }, /magicLink\.ttlMs/],
    [{ link: 'https://app.example.com/' }, /magicLink\.link/],
    [{ link: 'app/{token}' }, /magicLink\.link/],
  ])('%j stop the start', async (options, message) => {
    await expect(createTestAuth({ modules: [magicLink(options)] })).rejects.toThrow(message);
  });
});
