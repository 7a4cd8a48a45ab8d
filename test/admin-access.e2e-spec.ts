import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Answer } from '../src/testing/test-client.js';
import {
  freshEmail,
  freshName,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  refusal,
  signUp,
  signUpAndLogIn,
} from './support/accounts.js';
import { type Admin, anotherSuperAdmin } from './support/admins.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';
import { holderOf, makeRole } from './support/roles.js';
import { signUpWithTotp } from './support/two-factor.js';

const REASON = { reason: 'Ticket 4711' };

describeMatrix('Administration of access', MATRIX, (current, { mode }) => {
  let known: Admin | undefined;
  const root = async (): Promise<Admin> => (known ??= await anotherSuperAdmin(current()));
  const as = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    current().api.send(method, `/admin${path}`, body, { token: (await root()).access });
  const impersonate = async (id: string, fields: object = {}): Promise<string> => {
    const answer = await as('POST', `/users/${id}/impersonate`, { ...REASON, ...fields });
    expect([answer.status, answer.body.code]).toEqual([200, undefined]);
    return answer.body.access_token;
  };

  it('lists and ends sessions', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const second = await logIn(app, ada, { device_name: 'A desk' });
    const listed = await as('GET', `/users/${ada.id}/sessions?sort_dir=asc`);
    expect(listed.body.data.map(({ id }) => id)).toEqual([ada.sessionId, second.sessionId]);
    expect(listed.body.data[1]).toMatchObject({ device: 'A desk', current: false, impersonated: false });
    expect((await as('DELETE', `/users/${ada.id}/sessions/${ada.sessionId}`)).status).toBe(204);
    expect(await meStatus(app, ada.access)).toBe(401);
    expect(await meStatus(app, second.access)).toBe(200);
    const other = await signUp(app);
    for (const path of [
      `${ada.id}/sessions/${ada.sessionId}`,
      `${other.id}/sessions/${second.sessionId}`,
      `${ada.id}/sessions/x`,
    ])
      expect(refusal(await as('DELETE', `/users/${path}`))).toEqual([404, 'core.session_not_found']);
    expect((await as('DELETE', `/users/${ada.id}/sessions`)).status).toBe(204);
    expect(await meStatus(app, second.access)).toBe(401);
    expect((await refresh(app, second.refresh)).status).toBe(401);
    expect(refusal(await as('GET', `/users/${randomUUID()}/sessions`))).toEqual([404, 'core.user_not_found']);
    const helper = await holderOf(app, 'users:*');
    const protectedOnes = await app.api.delete(`/admin/users/${(await root()).id}/sessions`, undefined, {
      token: helper.access,
    });
    expect(refusal(protectedOnes)).toEqual([403, 'admin.super_admin_protected']);
  });

  it('grants and revokes roles, never above one’s own', async () => {
    const app = current();
    const ada = await signUp(app);
    const role = await makeRole(app, ['books:read']);
    const path = `/users/${ada.id}/roles`;
    expect((await as('GET', path)).body).toEqual({ roles: [], permissions: [] });
    const granted = await as('POST', path, { role: role.slug });
    expect([granted.status, granted.body]).toEqual([
      201,
      { roles: [role.slug], permissions: ['books:read'] },
    ]);
    expect(refusal(await as('POST', path, { role: role.slug }))).toEqual([409, 'rbac.already_assigned']);
    expect(refusal(await as('POST', path, { role: 'nothing' }))).toEqual([404, 'rbac.role_not_found']);
    expect(refusal(await as('POST', path, { role: 'super-admin' }))).toEqual([404, 'rbac.role_not_found']);
    const helper = await holderOf(app, 'users:*', 'roles:*');
    const call = (method: string, to: string, body?: object): Promise<Answer> =>
      app.api.send(method, `/admin${to}`, body, { token: helper.access });
    expect(refusal(await call('DELETE', `${path}/${role.slug}`))).toEqual([403, 'rbac.above_ceiling']);
    expect(refusal(await call('POST', `/users/${helper.id}/roles`, { role: role.slug }))).toEqual([
      403,
      'rbac.above_ceiling',
    ]);
    expect((await as('DELETE', `${path}/${role.slug}`)).status).toBe(204);
    expect(refusal(await as('DELETE', `${path}/${role.slug}`))).toEqual([404, 'rbac.assignment_not_found']);
  });

  it('takes second factors away, and tells the user', async () => {
    const app = current();
    const ada = await signUpWithTotp(app);
    expect((await app.api.post('/login', { email: ada.email, password: PASSWORD })).body['status']).toBe(
      'challenge_required',
    );
    const path = `/users/${ada.id}/two-factor/reset`;
    expectProblem(await as('POST', path, {}), 400, 'core.validation_failed');
    expect((await as('POST', path, REASON)).status).toBe(204);
    await logIn(app, ada);
    await app.drainOutbox();
    expect(app.mailbox.mail.messages.filter(({ to }) => to === ada.email).at(-1)?.template).toBe(
      'two_factor_reset',
    );
    expect((await as('POST', path, REASON)).status).toBe(204);
    expect(refusal(await as('POST', `/users/${randomUUID()}/two-factor/reset`, REASON))).toEqual([
      404,
      'core.user_not_found',
    ]);
  });

  it('impersonates: both are in the token, and the user’s own things stay as they are (A10)', async () => {
    const app = current();
    const admin = await root();
    const ada = await signUpAndLogIn(app);
    const before = await app.sql('SELECT last_login_at, password FROM castellan.users WHERE id = $1', [
      ada.id,
    ]);
    const answer = await as('POST', `/users/${ada.id}/impersonate`, { ...REASON, ttl_seconds: 600 });
    expect([answer.status, answer.body]).toMatchObject([
      200,
      { user: { id: ada.id }, token_type: 'Bearer', impersonated_by: admin.id, expires_in: 600 },
    ]);
    expect(answer.body.refresh_token).toBeUndefined();
    expect([answer.headers.get('cache-control'), answer.headers.get('set-cookie')]).toEqual([
      'no-store',
      null,
    ]);
    const token = answer.body.access_token;
    if (mode === 'stateless') {
      const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
      expect(claims).toMatchObject({ sub: ada.id, act: { sub: admin.id }, auth_time: 0 });
    }
    const me = await app.api.get('/me', { token });
    expect([me.status, me.body]).toMatchObject([200, { id: ada.id, impersonated_by: admin.id }]);
    expect((await app.api.get('/me', { token: ada.access })).body['impersonated_by']).toBeNull();
    const own = await app.api.get('/sessions', { token: ada.access });
    expect(own.body.data.map(({ id, impersonated }) => [id, impersonated])).toContainEqual([
      answer.body.session_id,
      true,
    ]);
    expect((await app.api.patch('/me', { name: 'Countess' }, { token })).body['name']).toBe('Countess');
    expect(
      await app.sql('SELECT last_login_at, password FROM castellan.users WHERE id = $1', [ada.id]),
    ).toEqual(before);
    expect((await app.api.post('/admin/impersonation/end', undefined, { token })).status).toBe(204);
    expect(await meStatus(app, token)).toBe(401);
    expect(await meStatus(app, admin.access)).toBe(200);
    expect(await meStatus(app, ada.access)).toBe(200);
    expect(
      refusal(await app.api.post('/admin/impersonation/end', undefined, { token: admin.access })),
    ).toEqual([409, 'admin.not_impersonating']);
  });

  it('lets nobody change credentials while acting as somebody else (A10)', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const other = await logIn(app, ada);
    const token = await impersonate(ada.id);
    const snapshot = () =>
      Promise.all([
        app.sql('SELECT * FROM castellan.users WHERE id = $1', [ada.id]),
        app.sql(
          'SELECT id FROM castellan.session_families WHERE user_id = $1 AND revoked_at IS NULL ORDER BY id',
          [ada.id],
        ),
        app.sql('SELECT id FROM castellan.tokens WHERE user_id = $1', [ada.id]),
      ]);
    await app.drainOutbox();
    const before = await snapshot();
    const refused: readonly (readonly [string, string, object?])[] = [
      ['POST', '/me/password', { current_password: PASSWORD, new_password: 'a drawbridge over 9 moats' }],
      ['POST', '/me/email', { email: freshEmail(), password: PASSWORD }],
      ['POST', '/me/phone', { phone_number: '+447911123456', password: PASSWORD }],
      ['PATCH', '/me', { username: freshName('u') }],
      ['DELETE', '/me', { password: PASSWORD }],
      ['DELETE', '/sessions'],
      ['DELETE', `/sessions/${other.sessionId}`],
      ['POST', '/logout'],
      ['POST', '/two-factor/totp/enrol', {}],
      ['POST', '/two-factor/disable', { password: PASSWORD }],
      ['POST', '/organizations', { name: 'X', slug: freshName('o') }],
    ];
    for (const [method, path, body] of refused)
      expect([path, ...refusal(await app.api.send(method, path, body, { token }))]).toEqual([
        path,
        403,
        'core.impersonated',
      ]);
    expect(await snapshot()).toEqual(before);
    for (const [method, path, body] of [
      ['GET', '/admin/users'],
      ['POST', `/admin/users/${ada.id}/impersonate`, REASON],
    ] as const)
      expect((await app.api.send(method, path, body, { token })).status).toBe(403);
  });

  it('impersonates no super admin, nobody who may not act, and not oneself', async () => {
    const app = current();
    const admin = await root();
    const [other, banned, deleted] = [await anotherSuperAdmin(app), await signUp(app), await signUp(app)];
    await as('POST', `/users/${banned.id}/ban`);
    await as('DELETE', `/users/${deleted.id}`);
    const start = (id: string): Promise<Answer> => as('POST', `/users/${id}/impersonate`, REASON);
    expect(refusal(await start(other.id))).toEqual([403, 'admin.cannot_impersonate']);
    expect(refusal(await start(banned.id))).toEqual([403, 'admin.cannot_impersonate']);
    expect(refusal(await start(deleted.id))).toEqual([404, 'core.user_not_found']);
    expect(refusal(await start(admin.id))).toEqual([409, 'admin.own_account']);
    for (const body of [{}, { ...REASON, ttl_seconds: 3601 }, { ...REASON, ttl_seconds: 1 }, { reason: '' }])
      expectProblem(await as('POST', `/users/${banned.id}/impersonate`, body), 400, 'core.validation_failed');
    const helper = await holderOf(app, 'users:*');
    const asHelper = await app.api.post(`/admin/users/${banned.id}/impersonate`, REASON, {
      token: helper.access,
    });
    expect(refusal(asHelper)).toEqual([403, 'admin.super_admin_required']);
  });

  it('ends with the administrator’s session, however that ends', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const endings: readonly ((admin: Admin) => Promise<Answer>)[] = [
      (admin) => app.api.post('/logout', undefined, { token: admin.access }),
      (admin) => as('DELETE', `/users/${admin.id}/sessions/${admin.sessionId}`),
      (admin) => as('DELETE', `/users/${admin.id}/super-admin`),
      (admin) => as('POST', `/users/${admin.id}/ban`),
      (admin) => as('DELETE', `/users/${admin.id}`),
      (admin) => as('POST', `/users/${admin.id}/erase`),
    ];
    for (const [index, end] of endings.entries()) {
      const admin = await anotherSuperAdmin(app);
      const started = await app.api.post(`/admin/users/${ada.id}/impersonate`, REASON, {
        token: admin.access,
      });
      const { access_token: token } = started.body;
      expect([index, await meStatus(app, token)]).toEqual([index, 200]);
      expect([index, (await end(admin)).status < 300]).toEqual([index, true]);
      expect([index, await meStatus(app, token)]).toEqual([index, 401]);
    }
    // A new password keeps the session at hand, and what hangs on it.
    const admin = await anotherSuperAdmin(app);
    const started = await app.api.post(`/admin/users/${ada.id}/impersonate`, REASON, { token: admin.access });
    const change = { current_password: PASSWORD, new_password: 'a drawbridge over 9 moats' };
    expect((await app.api.post('/me/password', change, { token: admin.access })).status).toBe(204);
    expect(await meStatus(app, started.body.access_token)).toBe(200);
    expect(await meStatus(app, ada.access)).toBe(200);
  });
});
