import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  type Account,
  freshEmail,
  freshName,
  logIn,
  meStatus,
  PASSWORD,
  signUp,
  signUpAndLogIn,
  type Tokens,
} from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { operationsOf } from './support/openapi.js';
import { expectProblem, expectRefusal, expectSilent } from './support/problems.js';
import { sendRaw } from './support/race.js';

const DEEP = 3_000;
const NUL = '\u0000';
const UUID = '01890a5d-ac96-774b-bcce-b302099a8057';

/** Values that no field of text means. */
const NOT_TEXT: readonly unknown[] = [1, 1e308, -0, true, [], ['a'], {}, { toString: 'x' }, [[]]];
const BAD_TEXT: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['a space', ' '],
  ['NUL', NUL],
  ['NUL inside', `a${NUL}b`],
  ['half a character', '\ud800'],
  ['the other half', '\udc00x'],
  ['5,000 letters', 'x'.repeat(5_000)],
  ['a turn of direction', '\u202e'],
  ['600 emoji', '🏰'.repeat(600)],
];

describeMatrix('Hostile input', MATRIX, (current, { mount }) => {
  let victim: Account & Tokens;

  beforeAll(async () => {
    victim = await signUpAndLogIn(current());
  });

  it('refuses 3,000 levels of JSON, as objects and as arrays, on every route that takes a body', async () => {
    const app = current();
    const bodies = [
      `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`,
      `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
      `{"email":${'['.repeat(DEEP)}${']'.repeat(DEEP)}}`,
    ];
    for (const { method, path } of operationsOf(app.openApi).filter((operation) => operation.hasBody)) {
      for (const body of bodies) {
        const answer = await app.root.send(method, path, body, { token: victim.access });
        expectProblem(answer);
        // 403: whoever may not call it at all is told that first.
        expect([400, 403]).toContain(answer.status);
      }
    }
  });

  it('refuses values of another type in every field of every body', async () => {
    const app = current();
    const fields = [
      'email',
      'username',
      'phone_number',
      'password',
      'name',
      'identifier',
      'token',
      'code',
      'registration_id',
      'refresh_token',
      'new_password',
      'avatar',
      'locale',
    ];
    for (const { method, path } of operationsOf(app.openApi).filter((operation) => operation.hasBody)) {
      if (method === 'DELETE') continue;
      for (const field of fields) {
        const value = NOT_TEXT[fields.indexOf(field) % NOT_TEXT.length];
        expectProblem(await app.root.send(method, path, { [field]: value }, { token: victim.access }));
      }
    }
  });

  it.each(NOT_TEXT)('refuses %j as an identifier and as a password', async (value) => {
    const app = current();
    expectProblem(await app.api.post('/login', { email: value, password: PASSWORD }), 400);
    expectProblem(await app.api.post('/login', { email: victim.email, password: value }), 400);
    expectProblem(await app.api.post('/signup', { email: value, password: PASSWORD }), 400);
    expectProblem(await app.api.post('/refresh', { refresh_token: value }), 400);
    expectProblem(await app.api.patch('/me', { name: value }, { token: victim.access }), 400);
  });

  it.each(BAD_TEXT)('refuses %s as a text, and never breaks over it', async (_name, text) => {
    const app = current();
    for (const field of ['email', 'username', 'phone_number', 'identifier']) {
      expectProblem(await app.api.post('/login', { [field]: text, password: PASSWORD }));
      if (field !== 'identifier')
        expectProblem(
          await app.api.post('/signup', { email: freshEmail(), [field]: text, password: PASSWORD }),
        );
    }
    expectProblem(await app.api.post('/refresh', { refresh_token: text }));
    expectProblem(await app.api.post('/email/verify/confirm', { token: text }));
    expectProblem(
      await app.api.post('/email/verify/confirm', {
        registration_id: text,
        code: '123456',
        password: PASSWORD,
      }),
      400,
    );
    expectProblem(await app.api.post('/email/verify/request', { email: text }), 400);
    expectProblem(await app.api.post('/password/reset', { token: text, password: PASSWORD }));
    expectProblem(await app.api.patch('/me', { locale: text }, { token: victim.access }), 400);
    expectProblem(
      await app.api.get(`/availability?username=${encodeURIComponent(text.toWellFormed())}`),
      400,
    );
  });

  it('refuses NUL and halves of characters in free text too, and in names of fields', async () => {
    const app = current();
    for (const name of [`a${NUL}b`, '\ud800']) {
      expectProblem(await app.api.patch('/me', JSON.stringify({ name }), { token: victim.access }), 400);
      expectProblem(await app.api.patch('/me', `{${JSON.stringify(name)}:1}`, { token: victim.access }), 400);
      expectProblem(
        await app.api.post('/login', { email: victim.email, password: `${PASSWORD}${name}` }),
        400,
      );
    }
  });

  it.each([
    'not json',
    '{',
    '{"email":}',
    '"text"',
    'null',
    '1',
    '[]',
    '',
    '{"a":1}{"b":2}',
    '\ufeff{"email":"a@example.com"}',
    '{"email":"a@example.com",}',
  ])('refuses the body %j', async (body) => {
    const app = current();
    expectRefusal(await app.api.post('/login', body), mount);
    expectRefusal(await app.api.post('/signup', body), mount);
  });

  it.each([
    (email: string) => `{"email":"${email}","password":"${PASSWORD}","email":"${email}"}`,
    (email: string) => `{"email":"${email}","\\u0065mail":"${email}","password":"${PASSWORD}"}`,
    (email: string) => `\ufeff{"email":"${email}","password":"x","password":"${PASSWORD}"}`,
    (email: string) => `{"email":"${email}","password":"${PASSWORD}","x":[{"y":{"a":1,"a":1}}]}`,
  ])('refuses a body that names a member twice', async (body) => {
    // A host's own parser decides what is JSON there; Node's takes the last of two.
    if (mount === 'mounted') return;
    expectProblem(await current().api.post('/login', body(victim.email ?? '')), 400, 'core.duplicate_member');
  });

  it('refuses bytes that are no UTF-8', async () => {
    const app = current();
    const body = Buffer.concat([
      Buffer.from('{"email":"'),
      Buffer.from([0xff, 0xfe, 0xc3, 0x28]),
      Buffer.from('@example.com","password":"a gatehouse of 7 towers"}'),
    ]);
    expectRefusal(await app.api.post('/signup', new Uint8Array(body)), mount);
  });

  it.each([
    'application/x-www-form-urlencoded',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'application/json; charset=utf-16',
    'application/xml',
    'x',
  ])('refuses a body of type %s', async (type) => {
    const app = current();
    const body = type.includes('urlencoded')
      ? `email=${encodeURIComponent(victim.email)}&password=${encodeURIComponent(PASSWORD)}`
      : JSON.stringify({ email: victim.email, password: PASSWORD });
    const answer = await app.api.post('/login', body, { headers: { 'content-type': type } });
    expectRefusal(answer, mount);
    expect([400, 415]).toContain(answer.status);
  });

  it('refuses a body without a type, and one that is too large', async () => {
    const app = current();
    const body = JSON.stringify({ email: victim.email, password: PASSWORD });
    const untyped = await sendRaw(
      app.port,
      `POST ${app.basePath}/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    expect(untyped.status).toBe(415);
    if (mount === 'mounted') return;
    expectProblem(
      await app.api.post('/signup', { email: freshEmail(), password: PASSWORD, name: 'x'.repeat(200_000) }),
      413,
      'core.payload_too_large',
    );
  });

  describe('mass assignment', () => {
    const PRIVILEGES: Readonly<Record<string, unknown>> = {
      is_super_admin: true,
      isSuperAdmin: true,
      role: 'admin',
      roles: ['admin'],
      permissions: ['*'],
      email_verified: true,
      emailVerified: true,
      phone_number_verified: true,
      active: true,
      status: 'active',
      locked_until: null,
      failed_attempts: 0,
      failed_login_attempts: 0,
      password_hash: '$2b$10$abcdefghijklmnopqrstuv',
      passwordHash: 'x',
      id: UUID,
      user_id: UUID,
      realm_id: UUID,
      org_id: UUID,
      owner: true,
      created_at: '2020-01-01T00:00:00.000Z',
      deleted_at: null,
      token_version: 99,
      mfa_enabled: false,
      scopes: ['admin'],
      constructor: { prototype: { is_super_admin: true } },
    };

    it.each(Object.entries(PRIVILEGES))('refuses %s at sign-up and in the profile', async (field, value) => {
      // Fastify's own parser refuses that name: in a host's application the refusal takes the host's form.
      if (mount === 'mounted' && field === 'constructor') return;
      const app = current();
      const fields = JSON.stringify({ [field]: value }).slice(1);
      expectProblem(
        await app.api.post('/signup', `{"username":"${freshName()}","password":"${PASSWORD}",${fields}`),
        400,
      );
      expectProblem(await app.api.patch('/me', `{"name":"Eve",${fields}`, { token: victim.access }), 400);
      expectProblem(
        await app.api.post('/login', `{"email":"${victim.email}","password":"${PASSWORD}",${fields}`),
        400,
      );
    });

    it('refuses __proto__, and nothing comes to have it', async () => {
      const app = current();
      const before = (await app.api.get('/me', { token: victim.access })).body;
      const proto = '"__proto__":{"is_super_admin":true,"email_verified":true}';
      expectRefusal(
        await app.api.post('/signup', `{"username":"${freshName()}","password":"${PASSWORD}",${proto}}`),
        mount,
      );
      expectRefusal(await app.api.patch('/me', `{"name":"Eve",${proto}}`, { token: victim.access }), mount);
      expect((await app.api.get('/me', { token: victim.access })).body).toEqual(before);
      expect(before['is_super_admin']).toBe(false);
      expect(Reflect.get({}, 'is_super_admin')).toBeUndefined();
    });
  });

  describe('credentials', () => {
    const header = (value: string) => current().api.get('/me', { headers: { authorization: value } });

    it.each([
      'Bearer',
      'Bearer ',
      'Bearer x',
      'bearer',
      'Basic !!!',
      'Basic YTpi',
      'Token abc',
      'Bearer a b',
      'Bearer \u00fc\u00ff',
      'Bearer ,',
      '===',
      `Bearer ' OR 1=1--`,
    ])('refuses the Authorization header %j', async (value) => {
      const answer = await header(value);
      expectProblem(answer, 401);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
    });

    it('refuses a token of 8,000 characters', async () => {
      expectProblem(await header(`Bearer ${'a'.repeat(8_000)}`), 401);
    });

    it('refuses an empty header, and two of them, good ones too', async () => {
      const app = current();
      const request = (lines: string) =>
        sendRaw(app.port, `GET ${app.basePath}/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines}\r\n`);
      const good = `Authorization: Bearer ${victim.access}\r\n`;
      expect((await request(good)).status).toBe(200);
      expect((await request('Authorization:\r\n')).status).toBe(401);
      expect((await request(`${good}Authorization: Bearer x\r\n`)).status).toBe(401);
      expect((await request(`Authorization: Bearer x\r\n${good}`)).status).toBe(401);
      expect((await request(`${good}${good}`)).status).toBe(401);
    });

    it('takes a token from neither query nor body', async () => {
      const app = current();
      expect((await app.api.get(`/me?access_token=${victim.access}&token=${victim.access}`)).status).toBe(
        401,
      );
      expect((await app.api.patch('/me', { access_token: victim.access })).status).toBe(401);
    });

    it('refuses a token that differs in one character', async () => {
      const app = current();
      const session = await logIn(app, victim);
      const at = session.access.length - 10;
      const changed = `${session.access.slice(0, at)}${session.access[at] === 'A' ? 'B' : 'A'}${session.access.slice(at + 1)}`;
      expect([await meStatus(app, changed), await meStatus(app, session.access)]).toEqual([401, 200]);
    });
  });

  it.each([
    'x',
    '1',
    `${UUID}0`,
    '%00',
    '%27%20OR%201%3D1',
    UUID.replace(/-/g, ''),
    `{${UUID}}`,
    '..%2f..%2fetc%2fpasswd',
    'null',
  ])('answers 404 or 400 for the session id %s', async (id) => {
    const app = current();
    const answer = await app.api.delete(`/sessions/${id}`, undefined, { token: victim.access });
    expectRefusal(answer, mount);
    expect([400, 404]).toContain(answer.status);
    expect(await meStatus(app, victim.access)).toBe(200);
  });

  it.each([
    'limit=abc',
    'limit=1.5',
    'offset=x',
    'limit=1&limit=2',
    'limit[]=1',
    'limit[$gt]=1',
    'sort_field[]=a',
    'cursor=x',
    'cursor=%00',
    'unknown=1',
    '__proto__[x]=1',
    'limit=%31%00',
  ])('refuses the query ?%s', async (query) => {
    expectRefusal(await current().api.get(`/sessions?${query}`, { token: victim.access }), mount);
  });

  it.each([
    'limit=999999999999999999999',
    'limit=-1',
    'offset=-5',
    'limit=0',
    'sort_field=password',
    `sort_field=id;DROP TABLE users`,
    'sort_dir=sideways',
    'offset=99999999999999999999',
  ])('brings ?%s into range', async (query) => {
    const answer = await current().api.get(`/sessions?${query}`, { token: victim.access });
    expect([answer.status, Number(answer.body['limit']) >= 1 && Number(answer.body['limit']) <= 100]).toEqual(
      [200, true],
    );
  });

  it('answers what is not there without a word too many', async () => {
    const app = current();
    for (const path of [
      '/nothing',
      '/me/../../etc/passwd',
      '/%',
      '/%c0%ae%c0%ae',
      '/pages/constructor',
      '/pages/__proto__',
      '/pages/..%2f..%2fenv',
    ]) {
      const answer = await app.api.get(path);
      expect([path, answer.status >= 400 && answer.status < 500]).toEqual([path, true]);
      if (mount === 'standalone') expectSilent(answer);
    }
    if (mount === 'standalone') expectProblem(await app.api.get('/nothing'), 404, 'core.not_found');
  });

  it('writes what a client sends into one line of the log at most, and not into the address of anything', async () => {
    const app = current();
    const forged = `a\r\n{"level":"info","msg":"admin login ok"}`;
    expectProblem(
      await app.api.post('/login', { username: forged, password: PASSWORD }),
      401,
      'core.invalid_credentials',
    );
    expectProblem(await app.api.post('/signup', { username: forged, password: PASSWORD }), 400);
    expectProblem(await app.api.patch('/me', { name: forged }, { token: victim.access }), 400);
  });

  it('still serves who behaves', async () => {
    await logIn(current(), await signUp(current()));
  });
});
