import 'reflect-metadata';
import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, Get, Module, Post, UseGuards } from '@nestjs/common';
import { AuthGuard as PassportGuard } from '@nestjs/passport';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import passport from 'passport';
import {
  createTestAuth,
  type RequestOptions,
  type TestAuth,
  type TestAuthOptions,
  TestClient,
} from '../../../testing/index.js';
import type { Principal } from '../extension/principal.js';
import { AuthGuard } from './auth.guard.js';
import { Authenticated } from './authenticated.decorator.js';
import { CredentialAuthenticator } from './credential-authenticator.js';
import { CsrfPolicy } from './csrf-policy.js';
import { CurrentSession, CurrentUser } from './current-user.decorator.js';
import { CastellanStrategy } from './passport.strategy.js';
import { OptionalAuth, Public } from './public.decorator.js';

const PASSWORD = 'a gatehouse of 7 towers';
const MINUTE = 60_000;

@Controller('host')
@UseGuards(AuthGuard)
class HostController {
  @Get('private')
  show(@CurrentUser() principal: Principal, @CurrentSession() session: string | null) {
    return { user: principal.userId, session };
  }

  @Post('change')
  change(): object {
    return {};
  }

  @Get('public')
  @Public()
  open(@CurrentUser() principal: Principal | undefined) {
    return { known: principal !== undefined };
  }

  @Get('optional')
  @OptionalAuth()
  either(@CurrentUser() principal: Principal | undefined) {
    return { known: principal !== undefined };
  }

  @Get('verified')
  @Authenticated({ verifiedEmail: true })
  verified(): object {
    return {};
  }

  @Get('recent')
  @Authenticated({ recentAuthMs: 5 * MINUTE })
  recent(): object {
    return {};
  }
}

@Controller('passport')
@UseGuards(PassportGuard('castellan-test'))
class PassportController {
  @Get()
  show(@CurrentUser() principal: Principal): object {
    return { user: principal.userId };
  }
}

@Module({ controllers: [HostController, PassportController] })
class HostModule {}

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(options: TestAuthOptions = {}) {
  const started = await createTestAuth({
    imports: [HostModule],
    ...options,
  });
  auth = started;
  await started.api.post('/signup', { email: 'ada@example.com', password: PASSWORD });
  const host = (method: string, path: string, request: RequestOptions = {}) =>
    new TestClient(started.url).send(method, path, undefined, request);
  const login = (request?: RequestOptions) =>
    started.api.post('/login', { email: 'ada@example.com', password: PASSWORD }, request);
  return { ...started, host, login };
}

/** Headers that `fetch` would refuse to send, as they are. */
function raw(
  url: string,
  headers: readonly string[],
  method = 'GET',
): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method }, (response) => {
      let body = '';
      response.on('data', (chunk: Buffer) => (body += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
    });
    for (let i = 0; i < headers.length; i += 2) outgoing.appendHeader(headers[i] ?? '', headers[i + 1] ?? '');
    outgoing.on('error', reject).end();
  });
}

function cookiesOf(answer: { headers: Headers }): Map<string, string> {
  return new Map(
    answer.headers.getSetCookie().map((cookie) => {
      const [pair = ''] = cookie.split(';');
      return [pair.slice(0, pair.indexOf('=')), cookie];
    }),
  );
}

function cookieHeader(answer: { headers: Headers }): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

const adapters: [string, () => TestAuthOptions][] = [
  ['Express', () => ({})],
  ['Fastify', () => ({ adapter: new FastifyAdapter() })],
];
const modes = ['session', 'stateless'] as const;

describe.each(
  adapters.flatMap(([name, adapter]) =>
    modes.map((mode) => [name, mode, () => ({ ...adapter(), mode })] as const),
  ),
)('on %s in %s mode', (_name, _mode, settings) => {
  it('signs in, refreshes, lists, and signs out', async () => {
    const { api, login, clock, host } = await start(settings());
    const first = await login();
    expect(first.status).toBe(200);
    expect(first.headers.get('cache-control')).toBe('no-store');
    expect(first.headers.getSetCookie()).toEqual([]);
    expect(first.body).toMatchObject({
      status: 'authenticated',
      token_type: 'Bearer',
      expires_in: 900,
      refresh_expires_in: 604_800,
    });
    expect(first.body.user).toMatchObject({ email: 'ada@example.com' });
    expect(first.text).not.toMatch(/hash|token_version|failed/i);

    const second = await login({ headers: { 'user-agent': 'another' } });
    const refreshed = await api.post('/refresh', { refresh_token: first.body.refresh_token });
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).toMatchObject({ session_id: first.body.session_id, expires_in: 900 });
    clock.advance(1_000);
    expect((await api.post('/refresh', { refresh_token: first.body.refresh_token })).text).toBe(
      refreshed.text,
    );

    const token = refreshed.body.access_token;
    const list = await api.get('/sessions?limit=1', { token });
    expect(list.body).toMatchObject({ total: 2, limit: 1, sort_field: 'created_at', sort_dir: 'desc' });
    expect(list.body.data[0]).toEqual(
      expect.objectContaining({
        id: second.body.session_id,
        current: false,
        user_agent: 'another',
        device: null,
        ip_address: '127.0.0.1',
      }),
    );
    expect((await api.get('/sessions?limit=abc', { token })).status).toBe(400);

    expect((await host('GET', '/host/private', { token })).body).toEqual({
      user: first.body.user.id,
      session: first.body.session_id,
    });
    expect((await api.delete(`/sessions/${first.body.user.id}`, undefined, { token })).body).toMatchObject({
      code: 'core.session_not_found',
      status: 404,
    });
    expect((await api.delete('/sessions/x', undefined, { token })).status).toBe(404);
    expect((await api.delete('/sessions', undefined, { token })).status).toBe(204);
    expect((await api.get('/sessions', { token: second.body.access_token })).status).toBe(401);
    expect((await api.get('/sessions', { token })).body).toMatchObject({ total: 1 });

    const logout = await api.post('/logout', undefined, { token });
    expect([logout.status, logout.text]).toEqual([204, '']);
    expect((await api.get('/sessions', { token })).status).toBe(401);
    expect((await host('GET', '/host/private', { token: first.body.access_token })).status).toBe(401);
    expect((await api.post('/refresh', { refresh_token: refreshed.body.refresh_token })).body).toMatchObject({
      code: 'core.invalid_refresh_token',
    });
  });

  it('answers malformed credentials with 401, never more', async () => {
    const { url, login, host } = await start(settings());
    const { access_token: token, refresh_token: refresh } = (await login()).body;
    const values = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer x',
      `Bearer ${'x'.repeat(8_000)}`,
      'Basic !!!',
      `Basic ${token}`,
      token,
      `Bearer ${token} x`,
    ];
    for (const value of [...values, `Bearer ${refresh}`, 'Bearer a.b.c', 'Bearer \u00e9']) {
      for (const path of ['/auth/sessions', '/host/private']) {
        const { status, body } = await raw(`${url}${path}`, ['authorization', value]);
        expect([value.slice(0, 40), path, status]).toEqual([value.slice(0, 40), path, 401]);
        expect(JSON.parse(body)).toMatchObject({
          code: expect.stringMatching(/^core\.(invalid_token|unauthenticated)$/),
        });
      }
    }
    expect(
      (await raw(`${url}/auth/sessions`, ['authorization', `Bearer ${token}`, 'Authorization', 'Bearer x']))
        .status,
    ).toBe(401);
    expect((await raw(`${url}/auth/sessions`, ['authorization', `Bearer ${token}`])).status).toBe(200);
    expect((await raw(`${url}/auth/sessions?access_token=${token}`, [])).status).toBe(401);
    expect((await raw(`${url}/auth/sessions`, ['cookie', `__Host-castellan_access=${token}`])).status).toBe(
      401,
    );
    const refused = await host('GET', '/host/private');
    expect(refused.headers.get('www-authenticate')).toBe('Bearer');
  });

  it('knows public and optional routes, and what routes require', async () => {
    const { login, host, clock, api } = await start(settings());
    const { access_token: token } = (await login()).body;
    const bad = { token: 'x' };
    expect((await host('GET', '/host/public', bad)).body).toEqual({ known: false });
    expect((await host('GET', '/host/optional', bad)).body).toEqual({ known: false });
    expect((await host('GET', '/host/optional', { token })).body).toEqual({ known: true });
    expect((await host('GET', '/host/verified', { token })).body).toMatchObject({
      code: 'core.email_not_verified',
      status: 403,
    });
    expect((await host('GET', '/host/recent', { token })).status).toBe(200);
    clock.advance(5 * MINUTE + 1_000);
    expect((await host('GET', '/host/recent', { token })).body).toMatchObject({
      code: 'core.reauthentication_required',
      max_age: 300,
    });
    expect((await api.get('/sessions', { token })).status).toBe(200);
  });

  it('takes JSON alone', async () => {
    const { api } = await start(settings());
    const form = 'email=ada@example.com&password=x';
    for (const [type, body] of [
      ['application/x-www-form-urlencoded', form],
      ['text/plain', '{}'],
      ['application/json; charset=latin1', '{}'],
    ] as const) {
      expect([
        type,
        (await api.send('POST', '/login', body, { headers: { 'content-type': type } })).status,
      ]).toEqual([type, 415]);
    }
    const answer = await api.post('/login', { email: 'ada@example.com', password: PASSWORD, admin: true });
    expect(answer.body).toMatchObject({
      code: 'core.validation_failed',
      errors: [{ field: 'admin', code: 'unknown_field' }],
    });
  });

  it('ends the session that a login came with', async () => {
    const { api, login } = await start(settings());
    const { access_token: token } = (await login()).body;
    const again = await login({ token });
    expect(again.status).toBe(200);
    expect((await api.get('/sessions', { token })).status).toBe(401);
    expect((await api.get('/sessions', { token: again.body.access_token })).body).toMatchObject({ total: 1 });
  });

  it('carries tokens in cookies', async () => {
    const { api, login, host } = await start({
      ...settings(),
      session: { transport: 'cookie' },
      corsOrigins: ['https://app.example.com'],
    });
    const answer = await login();
    expect(answer.body).not.toHaveProperty('access_token');
    expect(answer.body).not.toHaveProperty('refresh_token');
    const cookies = cookiesOf(answer);
    expect([...cookies.keys()]).toEqual(['__Host-castellan_access', '__Host-castellan_refresh']);
    for (const cookie of cookies.values())
      expect(cookie).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; Secure; SameSite=Lax$/);
    const cookie = cookieHeader(answer);

    expect((await api.get('/sessions', { headers: { cookie } })).status).toBe(200);
    expect(
      (await host('POST', '/host/change', { headers: { cookie, 'sec-fetch-site': 'same-origin' } })).status,
    ).toBe(201);
    expect((await host('POST', '/host/change', { headers: { cookie } })).body).toMatchObject({
      code: 'core.csrf',
      status: 403,
    });
    const foreign = [
      {},
      ...['cross-site', 'same-site', 'none'].map((site) => ({ 'sec-fetch-site': site })),
      ...[
        'https://evil.example',
        'null',
        'https://app.example.com.evil.example',
        'http://app.example.com',
      ].map((origin) => ({ origin })),
    ];
    for (const headers of foreign) {
      const refused = await api.post('/refresh', undefined, { headers: { cookie, ...headers } });
      expect([headers, refused.status, refused.body.code]).toEqual([headers, 403, 'core.csrf']);
      expect((await api.post('/logout', undefined, { headers: { cookie, ...headers } })).status).toBe(403);
    }
    expect((await login({ headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect((await login({ headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(403);
    expect(
      (await login({ headers: { origin: 'https://app.example.com', 'sec-fetch-site': 'cross-site' } }))
        .status,
    ).toBe(200);

    const refreshed = await api.post('/refresh', undefined, {
      headers: { cookie, origin: 'http://localhost:3000' },
    });
    expect(refreshed.status).toBe(200);
    expect(refreshed.body).not.toHaveProperty('access_token');
    const next = cookieHeader(refreshed);
    expect(next).not.toBe(cookie);
    const logout = await api.post('/logout', undefined, {
      headers: { cookie: next, 'sec-fetch-site': 'same-origin' },
    });
    expect(logout.status).toBe(204);
    for (const cleared of cookiesOf(logout).values()) expect(cleared).toMatch(/=; Path=\/; Max-Age=0;/);
    expect((await api.get('/sessions', { headers: { cookie: next } })).status).toBe(401);
  });

  it('carries them both ways where that is asked for', async () => {
    const { login, api } = await start({ ...settings(), session: { transport: 'both' } });
    const answer = await login();
    expect(answer.headers.getSetCookie()).toHaveLength(2);
    expect((await api.get('/sessions', { token: answer.body.access_token })).status).toBe(200);
    expect((await api.get('/sessions', { headers: { cookie: cookieHeader(answer) } })).status).toBe(200);
    // A header that is wrong is not made good by a cookie.
    expect(
      (await api.get('/sessions', { token: 'x', headers: { cookie: cookieHeader(answer) } })).status,
    ).toBe(401);
  });

  it('limits by address', async () => {
    const { login, clock, api } = await start({
      ...settings(),
      rateLimitMultiplier: 0.05,
      trustedProxies: ['127.0.0.1'],
    });
    const from = (address: string) => login({ headers: { 'x-forwarded-for': address } });
    const statuses: number[] = [];
    for (const address of ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'])
      statuses.push((await from(address)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const limited = await from('2001:db8::9');
    expect(limited.body).toMatchObject({ code: 'core.rate_limited' });
    expect(limited.headers.get('retry-after')).toBe('60');
    expect((await from('2001:db8:0:1::1')).status).toBe(200);
    clock.advance(MINUTE);
    expect((await from('2001:db8::1')).status).toBe(200);
    expect((await api.get('/sessions')).status).toBe(401);
  });

  it('limits by account over all addresses, whether there is one or not', async () => {
    const { api } = await start({
      ...settings(),
      rateLimitMultiplier: 0.02,
      trustedProxies: ['127.0.0.1'],
      lockout: { maxAttempts: 100, durationMs: MINUTE },
    });
    let host = 0;
    const from = async (body: object) =>
      (
        await api.post(
          '/login',
          { ...body, password: 'not this one' },
          { headers: { 'x-forwarded-for': `192.0.2.${(host += 1)}` } },
        )
      ).status;
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      const spelled = [{ email }, { identifier: email.toUpperCase() }, { email: ` ${email}` }];
      const statuses = [];
      for (const body of spelled) statuses.push(await from(body));
      expect(statuses).toEqual([401, 401, 429]);
    }
    expect(await from({ email: 'eve@example.com' })).toBe(401);
    expect(await from({})).toBe(400);
  });

  it('serves @nestjs/passport through the same credentials', async () => {
    const { app, login, host } = await start(settings());
    passport.use(
      new CastellanStrategy(
        app.get(CredentialAuthenticator, { strict: false }),
        app.get(CsrfPolicy, { strict: false }),
        'castellan-test',
      ),
    );
    const { body } = await login();
    const answer = await host('GET', '/passport', { token: body.access_token });
    expect([answer.status, answer.body]).toEqual([200, { user: body.user.id }]);
    expect((await host('GET', '/passport', { token: 'x' })).status).toBe(401);
    expect((await host('GET', '/passport')).status).toBe(401);
  });
});

describe('the mode', () => {
  it('is exactly one', async () => {
    const { session } = await import('../../session/index.js');
    await expect(createTestAuth({ mode: 'stateless', modules: [session()] })).rejects.toThrow(
      'Castellan needs exactly one of the modules "session" and "stateless"; mounted are "session" and "stateless".',
    );
  });
});
