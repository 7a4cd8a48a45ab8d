import { expect, it } from '@jest/globals';
import type { Answer } from '../src/testing/test-client.js';
import { freshEmail, meStatus, PASSWORD, signUp, signUpAndLogIn } from './support/accounts.js';
import { describeMatrix, MATRIX, STANDALONE } from './support/matrix.js';
import { expectProblem } from './support/problems.js';
import { APP_URL } from './support/test-app.js';

const ACCESS = '__Host-castellan_access';
const REFRESH = '__Host-castellan_refresh';
const FRIEND = 'https://app.example.test';

function cookiesOf(answer: Answer): Map<string, { value: string; attributes: string[] }> {
  return new Map(
    answer.headers.getSetCookie().map((line) => {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      return [pair.slice(0, at), { value: pair.slice(at + 1), attributes }];
    }),
  );
}

function cookieHeader(answer: Answer): string {
  return [...cookiesOf(answer)].map(([name, { value }]) => `${name}=${value}`).join('; ');
}

describeMatrix(
  'Cookies',
  MATRIX,
  (current) => {
    const SAME = { 'sec-fetch-site': 'same-origin' };
    const login = async (headers: Record<string, string> = SAME) => {
      const { email } = await signUp(current());
      return current().api.post('/login', { email, password: PASSWORD }, { headers });
    };

    it('carry the tokens, and the body does not', async () => {
      const answer = await login();
      expect(answer.body).toMatchObject({ status: 'authenticated', expires_in: 900 });
      expect(answer.body).not.toHaveProperty('access_token');
      expect(answer.body).not.toHaveProperty('refresh_token');
      const cookies = cookiesOf(answer);
      expect([...cookies.keys()].sort()).toEqual([ACCESS, REFRESH].sort());
      for (const { attributes, value } of cookies.values()) {
        expect(value.length).toBeGreaterThan(30);
        expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax']));
        expect(attributes.join(';')).not.toMatch(/domain/i);
      }
    });

    it('open what a bearer token opens, refresh, and are cleared by a logout', async () => {
      const app = current();
      const first = cookieHeader(await login());
      expect((await app.api.get('/me', { headers: { cookie: first } })).status).toBe(200);
      const refreshed = await app.api.post('/refresh', {}, { headers: { cookie: first, ...SAME } });
      expect(refreshed.status).toBe(200);
      const second = cookieHeader(refreshed);
      expect(second).not.toBe(first);
      const logout = await app.api.post('/logout', undefined, { headers: { cookie: second, ...SAME } });
      expect(logout.status).toBe(204);
      expect(
        [...cookiesOf(logout).values()].every(
          ({ value, attributes }) => value === '' && attributes.includes('Max-Age=0'),
        ),
      ).toBe(true);
      expect((await app.api.get('/me', { headers: { cookie: second } })).status).toBe(401);
    });

    it('log out by the refresh cookie alone, once the browser has dropped the other', async () => {
      const app = current();
      const answer = await login();
      const value = cookiesOf(answer).get(REFRESH)?.value ?? '';
      const headers = { cookie: `${REFRESH}=${value}` };
      expectProblem(await app.api.post('/logout', undefined, { headers }), 403, 'core.csrf');
      const logout = await app.api.post('/logout', undefined, { headers: { ...headers, ...SAME } });
      expect(logout.status).toBe(204);
      expect([...cookiesOf(logout).keys()].sort()).toEqual([ACCESS, REFRESH].sort());
      expect((await app.api.get('/me', { headers: { cookie: cookieHeader(answer) } })).status).toBe(401);
      expectProblem(
        await app.api.post('/logout', {}, { headers: { ...headers, ...SAME } }),
        401,
        'core.invalid_refresh_token',
      );
    });

    const OWN = new URL(APP_URL).origin;
    const FOREIGN: readonly (readonly [string, Record<string, string>])[] = [
      ['no header at all', {}],
      ['a foreign origin', { origin: 'https://evil.example' }],
      ['the origin null', { origin: 'null' }],
      ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
      ['a same-site fetch', { 'sec-fetch-site': 'same-site' }],
      ['a navigation of nobody', { 'sec-fetch-site': 'none' }],
      ['an origin that begins like ours', { origin: `${OWN}.evil.example` }],
      ['an origin that ends like ours', { origin: OWN.replace('https://', 'https://evil') }],
      ['our origin on another scheme', { origin: OWN.replace('https', 'http') }],
      ['our origin on another port', { origin: `${OWN}:8443` }],
      ['our origin in the referer alone', { referer: `${OWN}/` }],
    ];

    it.each(FOREIGN)('change nothing with %s', async (_name, headers) => {
      const app = current();
      const cookie = cookieHeader(await login());
      const before = (await app.api.get('/me', { headers: { cookie } })).body;
      expectProblem(
        await app.api.patch('/me', { name: 'Mallory' }, { headers: { cookie, ...headers } }),
        403,
        'core.csrf',
      );
      expectProblem(
        await app.api.post('/logout', undefined, { headers: { cookie, ...headers } }),
        403,
        'core.csrf',
      );
      expectProblem(
        await app.api.post('/refresh', {}, { headers: { cookie, ...headers } }),
        403,
        'core.csrf',
      );
      expectProblem(await app.api.delete('/me', {}, { headers: { cookie, ...headers } }), 403, 'core.csrf');
      expect((await app.api.get('/me', { headers: { cookie } })).body).toEqual(before);
    });

    it.each([
      ['the same origin', { 'sec-fetch-site': 'same-origin' }],
      ['our own origin', { origin: OWN }],
      ['a listed origin', { origin: FRIEND, 'sec-fetch-site': 'cross-site' }],
    ])('change what they may with %s', async (_name, headers) => {
      const cookie = cookieHeader(await login());
      expect(
        (await current().api.patch('/me', { name: 'Ada' }, { headers: { cookie, ...headers } })).status,
      ).toBe(200);
    });

    it('are set by no login that another site forges, as JSON or as a form', async () => {
      const app = current();
      const { email } = await signUp(app);
      const forged = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
      const json = await app.api.post('/login', { email, password: PASSWORD }, { headers: forged });
      expectProblem(json, 403, 'core.csrf');
      const form = await app.api.post('/login', `email=${email}&password=x`, {
        headers: { ...forged, 'content-type': 'application/x-www-form-urlencoded' },
      });
      expect(form.status).toBeGreaterThanOrEqual(400);
      expect([...json.headers.getSetCookie(), ...form.headers.getSetCookie()]).toEqual([]);
    });

    it('give way to an Authorization header, good or bad', async () => {
      const cookie = cookieHeader(await login());
      expect(
        (await current().api.get('/me', { headers: { cookie, authorization: 'Bearer x' } })).status,
      ).toBe(401);
    });
  },
  { env: { TOKEN_TRANSPORT: 'cookie', CORS_ORIGINS: FRIEND } },
);

describeMatrix('Bearer transport', STANDALONE, (current) => {
  it('neither sets a cookie nor reads one', async () => {
    const app = current();
    const { email } = await signUp(app);
    const answer = await app.api.post('/login', { email, password: PASSWORD });
    expect(answer.headers.getSetCookie()).toEqual([]);
    const cookie = `${ACCESS}=${answer.body.access_token}`;
    expect((await app.api.get('/me', { headers: { cookie } })).status).toBe(401);
  });
});

describeMatrix(
  'CORS',
  STANDALONE,
  (current) => {
    const preflight = (origin: string) =>
      current().api.send('OPTIONS', '/login', undefined, {
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });

    it('lets listed origins in, with credentials', async () => {
      const answer = await preflight(FRIEND);
      expect([
        answer.headers.get('access-control-allow-origin'),
        answer.headers.get('access-control-allow-credentials'),
      ]).toEqual([FRIEND, 'true']);
    });

    it.each([
      'https://evil.example',
      'null',
      `${FRIEND}.evil.example`,
      'https://evilapp.example.test',
      'http://app.example.test',
      `${FRIEND}:444`,
      '',
    ])('lets %j not in', async (origin) => {
      for (const answer of [
        await preflight(origin),
        await current().api.get('/.well-known/jwks.json', { headers: { origin } }),
      ]) {
        expect(answer.headers.get('access-control-allow-origin')).toBeNull();
      }
    });
  },
  { env: { CORS_ORIGINS: FRIEND } },
);

describeMatrix(
  'Rate limits',
  MATRIX,
  (current) => {
    const ask = (forwarded?: string) =>
      current().api.post(
        '/refresh',
        { refresh_token: 'x' },
        { headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } },
      );

    it('answer 429 with Retry-After, and go by an address that a client cannot choose', async () => {
      // 120 × 0.05: six a minute.
      const statuses = [];
      for (let request = 0; request < 6; request += 1)
        statuses.push((await ask(`203.0.113.${request}`)).status);
      expect(statuses).toEqual([401, 401, 401, 401, 401, 401]);
      const limited = await ask('203.0.113.99');
      expectProblem(limited, 429, 'core.rate_limited');
      const seconds = Number(limited.headers.get('retry-after'));
      expect(seconds > 0 && seconds <= 60).toBe(true);
      expect((await ask()).status).toBe(429);
    });

    it('limit how often one address is written to, alike for known and unknown', async () => {
      const app = current();
      const forgot = async (email: string) => (await app.api.post('/password/forgot', { email })).status;
      const unknown = freshEmail();
      expect([await forgot(unknown), await forgot(unknown)]).toEqual([202, 429]);
      const { email } = await signUp(app);
      expect([await forgot(email), await forgot(email)]).toEqual([202, 429]);
    });
  },
  { env: { RATE_LIMIT_MULTIPLIER: '0.05' } },
);

describeMatrix(
  'Client addresses behind a proxy',
  MATRIX,
  (current) => {
    const seenAs = async (forwarded: string): Promise<unknown> => {
      const app = current();
      const account = await signUp(app);
      const login = await app.api.post(
        '/login',
        { email: account.email, password: PASSWORD },
        { headers: { 'x-forwarded-for': forwarded } },
      );
      const sessions = await app.api.get('/sessions', { token: login.body.access_token });
      return sessions.body.data[0]?.['ip_address'];
    };

    it.each([
      ['203.0.113.7', '203.0.113.7'],
      ['198.51.100.1, 203.0.113.7', '203.0.113.7'],
      ['203.0.113.7, 10.1.2.3', '203.0.113.7'],
      ['198.51.100.1, 203.0.113.7, 10.1.2.3', '203.0.113.7'],
      ['::ffff:203.0.113.7', '203.0.113.7'],
      ['2001:DB8::1', '2001:db8::1'],
      ['203.0.113.7, garbage', '127.0.0.1'],
      ['', '127.0.0.1'],
    ])('takes %j for %s', async (forwarded, address) => {
      expect(await seenAs(forwarded)).toBe(address);
    });
  },
  { env: { TRUSTED_PROXIES: '127.0.0.1,10.0.0.0/8' } },
);

describeMatrix('Links and headers', MATRIX, (current, { mount }) => {
  it('builds links from APP_URL alone, whatever Host and its relatives say', async () => {
    const app = current();
    const { email } = await signUp(app);
    const headers = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'http',
      forwarded: 'host=evil.example',
      'x-original-host': 'evil.example',
      origin: 'https://evil.example',
    };
    await app.api.post('/password/forgot', { email }, { headers });
    await app.drainOutbox();
    const [mail] = app.mailbox.mailTo(email, 'password_reset');
    expect(mail?.text).toContain(`${APP_URL}${app.basePath}/pages/reset-password#token=`);
    expect(`${mail?.text} ${mail?.html}`).not.toContain('evil');
    // The token is in the fragment, which no server and no log sees.
    expect(new URL(app.mailbox.lastLink(email)).search).toBe('');
  });

  if (mount === 'mounted') return;

  it('says nothing of what it is made of, and closes what browsers leave open', async () => {
    const app = current();
    for (const answer of [
      await app.api.get('/.well-known/jwks.json'),
      await app.api.get('/me'),
      await app.api.get('/nothing'),
    ]) {
      expect([answer.headers.get('x-powered-by'), answer.headers.get('server')]).toEqual([null, null]);
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('strict-transport-security')).toMatch(/max-age=(3153|6307)\d+/);
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
    }
    const page = await app.api.get('/pages/reset-password');
    expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'|default-src 'none'/);
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('changes nothing on GET', async () => {
    const app = current();
    const { access } = await signUpAndLogIn(app);
    for (const path of ['/logout', '/refresh', '/login', '/signup', '/me/password', '/password/reset']) {
      expect([path, (await app.api.get(path, { token: access })).status]).toEqual([path, 404]);
    }
    expect(await meStatus(app, access)).toBe(200);
  });
});
