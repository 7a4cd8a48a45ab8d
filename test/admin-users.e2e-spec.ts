import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { Answer } from '../src/testing/test-client.js';
import {
  freshEmail,
  freshName,
  freshPhone,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  refusal,
  signUp,
  signUpAndLogIn,
} from './support/accounts.js';
import { type Admin, anotherSuperAdmin, onlySuperAdmins } from './support/admins.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';
import { giveRole, holderOf, makeRole } from './support/roles.js';

const OTHER_PASSWORD = 'a drawbridge over 9 moats';

describeMatrix('Administration of users', MATRIX, (current) => {
  let known: Admin | undefined;
  const root = async (): Promise<Admin> => (known ??= await anotherSuperAdmin(current()));
  const as = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    current().api.send(method, `/admin${path}`, body, { token: (await root()).access });

  it('makes accounts, with a password or with a link to choose one', async () => {
    const app = current();
    const [email, username, phone_number] = [freshEmail(), freshName('u'), freshPhone()];
    const body = { email, username, phone_number, password: PASSWORD, name: 'Ada', biography: 'Writes.' };
    const made = await as('POST', '/users', { ...body, email_verified: true });
    expect([made.status, made.body]).toMatchObject([
      201,
      { email, username, phone_number, name: 'Ada', biography: 'Writes.', email_verified: true },
    ]);
    expect(made.body).toMatchObject({ phone_number_verified: false, has_password: true, banned_at: null });
    expect(made.text).not.toContain(PASSWORD);
    await logIn(app, { email, password: PASSWORD });

    const invited = freshEmail();
    const second = await as('POST', '/users', { email: invited });
    expect([second.status, second.body['has_password']]).toEqual([201, false]);
    await app.drainOutbox();
    const token = app.mailbox.lastToken(invited);
    expect((await app.api.post('/password/reset', { token, password: OTHER_PASSWORD })).status).toBe(204);
    await logIn(app, { email: invited, password: OTHER_PASSWORD });

    const quiet = freshEmail();
    expect((await as('POST', '/users', { email: quiet, notify: false })).status).toBe(201);
    await app.drainOutbox();
    expect(app.mailbox.mail.messages.filter(({ to }) => to === quiet)).toEqual([]);
  });

  it('refuses accounts that cannot be', async () => {
    const app = current();
    const taken = await signUp(app);
    const cases: readonly (readonly [object, number, string])[] = [
      [{}, 400, 'core.identifier_required'],
      [{ email: 'nonsense' }, 400, 'core.invalid_email'],
      [{ username: 'admin' }, 400, 'core.username_reserved'],
      [{ email: taken.email }, 409, 'core.email_taken'],
      [{ username: taken.username }, 409, 'core.username_taken'],
      [{ email: freshEmail(), password: 'password1' }, 400, 'core.password_common'],
      [{ email: freshEmail(), is_super_admin: true }, 400, 'core.validation_failed'],
      [{ email: freshEmail(), name: 'a\u0000' }, 400, 'core.validation_failed'],
    ];
    for (const [body, status, code] of cases)
      expect([body, ...refusal(await as('POST', '/users', body))]).toEqual([body, status, code]);
  });

  it('lists, searches, filters and pages', async () => {
    const app = current();
    const tag = freshName('find');
    const make = async (name: string, fields: object = {}): Promise<string> =>
      (await as('POST', '/users', { email: freshEmail(), name: `${tag} ${name}`, notify: false, ...fields }))
        .body.id;
    const [plain, proven, banned, off, deleted, holder] = [
      await make('a'),
      await make('b', { email_verified: true }),
      await make('c'),
      await make('d'),
      await make('e'),
      await make('f'),
    ];
    const role = await makeRole(app, ['books:read']);
    await giveRole(app, role.id, holder);
    await as('POST', `/users/${banned}/ban`, {});
    await as('POST', `/users/${off}/deactivate`);
    await as('DELETE', `/users/${deleted}`);
    const found = async (filter: string): Promise<string[]> => {
      const answer = await as(
        'GET',
        `/users?query=${tag.toUpperCase()}&sort_field=name&sort_dir=asc&${filter}`,
      );
      expect([filter, answer.status]).toEqual([filter, 200]);
      expect(answer.body['total']).toBe(answer.body.data.length);
      return answer.body.data.map(({ id }) => id);
    };
    expect(await found('')).toEqual([plain, proven, banned, off, holder]);
    expect(await found('banned=true')).toEqual([banned]);
    expect(await found('banned=false&active=true')).toEqual([plain, proven, holder]);
    expect(await found('verified=true')).toEqual([proven]);
    expect(await found('active=false')).toEqual([off]);
    expect(await found('deleted=true')).toEqual([deleted]);
    expect(await found('super_admin=true')).toEqual([]);
    expect(await found(`role=${role.slug}`)).toEqual([holder]);
    expect(await found('role=super-admin')).toEqual([]);
    expect(await found('created_before=2020-01-01T00:00:00Z')).toEqual([]);
    expect(await found('created_from=2020-01-01T00:00:00Z')).toHaveLength(5);
    const first = await as('GET', `/users?query=${tag}&sort_field=name&sort_dir=asc&limit=2`);
    expect(first.body).toMatchObject({ total: 5, limit: 2 });
    const next = String(first.body['next_cursor']);
    const second = await as(
      'GET',
      `/users?query=${tag}&sort_field=name&sort_dir=asc&limit=100&cursor=${next}`,
    );
    expect([...first.body.data, ...second.body.data].map(({ id }) => id)).toEqual(await found(''));
    for (const bad of [
      'banned=maybe',
      'created_from=yesterday',
      'created_from=0000-01-01',
      'limit=abc',
      'is_super_admin=true',
    ])
      expectProblem(await as('GET', `/users?${bad}`), 400, 'core.validation_failed');
    expect(refusal(await as('GET', '/users?role=nothing'))).toEqual([404, 'rbac.role_not_found']);
  });

  it('shows and changes accounts, and tells the old address', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const [email, phone] = [freshEmail(), freshPhone()];
    const changed = await as('PATCH', `/users/${ada.id}`, {
      name: 'Countess',
      username: freshName('c'),
      email,
      email_verified: true,
      phone_number: phone,
    });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { name: 'Countess', email, email_verified: true, phone_number: phone, phone_number_verified: false },
    ]);
    expect((await as('GET', `/users/${ada.id}`)).body).toEqual(changed.body);
    await app.drainOutbox();
    expect(
      app.mailbox.mail.messages.filter(({ to }) => to === ada.email).map(({ template }) => template),
    ).toContain('email_changed');
    await logIn(app, { email, password: PASSWORD });
    const other = await signUp(app);
    expect(refusal(await as('PATCH', `/users/${ada.id}`, { name: 'X', email: other.email }))).toEqual([
      409,
      'core.email_taken',
    ]);
    expect((await as('GET', `/users/${ada.id}`)).body['name']).toBe('Countess');
    expectProblem(
      await as('PATCH', `/users/${ada.id}`, { email_verified: true }),
      400,
      'core.validation_failed',
    );
    const bare = await as('POST', '/users', { email: freshEmail(), username: freshName('b') });
    expect((await as('PATCH', `/users/${bare.body.id}`, { email: null })).body['email']).toBeNull();
    const phoneOnly = await as('POST', '/users', { phone_number: freshPhone(), notify: false });
    expect(refusal(await as('PATCH', `/users/${phoneOnly.body.id}`, { phone_number: null }))).toEqual([
      409,
      'core.last_sign_in_method',
    ]);
    for (const field of [
      'is_super_admin',
      'token_version',
      'deleted_at',
      'password',
      'id',
      'banned_at',
      'active',
    ])
      expect((await as('PATCH', `/users/${ada.id}`, { [field]: true })).status).toBe(400);
    for (const id of [randomUUID(), 'nobody', '%00'])
      expect((await as('GET', `/users/${id}`)).status).toBeLessThan(500);
    expect(refusal(await as('GET', `/users/${randomUUID()}`))).toEqual([404, 'core.user_not_found']);
  });

  it('sets passwords by the policy: every session ends, and the user is told', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    expect(refusal(await as('POST', `/users/${ada.id}/password`, { password: 'iloveyou' }))).toEqual([
      400,
      'core.password_common',
    ]);
    expect((await as('POST', `/users/${ada.id}/password`, { password: OTHER_PASSWORD })).status).toBe(200);
    expect(await meStatus(app, ada.access)).toBe(401);
    expect((await refresh(app, ada.refresh)).status).toBe(401);
    expect((await app.api.post('/login', { email: ada.email, password: PASSWORD })).status).toBe(401);
    await logIn(app, { ...ada, password: OTHER_PASSWORD });
    await app.drainOutbox();
    expect(app.mailbox.mail.messages.filter(({ to }) => to === ada.email).at(-1)?.template).toBe(
      'password_set_by_admin',
    );
  });

  it('makes a user choose another password', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const forced = await as('POST', `/users/${ada.id}/password/reset`);
    expect([forced.status, forced.body['has_password']]).toEqual([200, false]);
    expect(await meStatus(app, ada.access)).toBe(401);
    expect((await app.api.post('/login', { email: ada.email, password: PASSWORD })).status).toBe(401);
    await app.drainOutbox();
    const token = app.mailbox.lastToken(ada.email);
    expect((await app.api.post('/password/reset', { token, password: OTHER_PASSWORD })).status).toBe(204);
    await logIn(app, { ...ada, password: OTHER_PASSWORD });
    const nameless = await as('POST', '/users', { username: freshName('n'), password: PASSWORD });
    expect(refusal(await as('POST', `/users/${nameless.body.id}/password/reset`))).toEqual([
      409,
      'admin.not_reachable',
    ]);
    expect((await as('GET', `/users/${nameless.body.id}`)).body['has_password']).toBe(true);
  });

  it('vouches for addresses', async () => {
    const app = current();
    const ada = await signUp(app, { phone_number: freshPhone() });
    const both = { email_verified: true, phone_number_verified: true };
    await as('POST', `/users/${ada.id}/email/verify`);
    expect((await as('POST', `/users/${ada.id}/phone/verify`, {})).body).toMatchObject(both);
    expect((await as('POST', `/users/${ada.id}/email/verify`, { verified: false })).body).toMatchObject({
      ...both,
      email_verified: false,
    });
    const nameless = await as('POST', '/users', { username: freshName('n'), notify: false });
    expectProblem(await as('POST', `/users/${nameless.body.id}/email/verify`), 400, 'core.validation_failed');
    expectProblem(await as('POST', `/users/${ada.id}/email/verify`, { verified: null }), 400);
  });

  it('bans with reason and end, and lifts bans', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const until = new Date(Date.now() + 3_600_000).toISOString();
    const banned = await as('POST', `/users/${ada.id}/ban`, { reason: 'Sent spam.', until });
    expect([banned.status, banned.body]).toMatchObject([
      200,
      { ban_reason: 'Sent spam.', banned_until: until, banned_by: (await root()).id },
    ]);
    expect(await meStatus(app, ada.access)).toBe(401);
    const refused = await app.api.post('/login', { email: ada.email, password: PASSWORD });
    expect([refused.status, refused.body]).toMatchObject([
      403,
      { code: 'core.account_banned', reason: 'Sent spam.', banned_until: until },
    ]);
    const lifted = await as('POST', `/users/${ada.id}/unban`);
    expect([lifted.status, lifted.body]).toMatchObject([
      200,
      { banned_at: null, ban_reason: null, banned_by: null },
    ]);
    await logIn(app, ada);
    for (const body of [{ until: '2020-01-01T00:00:00Z' }, { until: 'soon' }, { reason: 7 }, { reason: '' }])
      expectProblem(await as('POST', `/users/${ada.id}/ban`, body), 400, 'core.validation_failed');
    expect(refusal(await as('POST', `/users/${randomUUID()}/ban`))).toEqual([404, 'core.user_not_found']);
  });

  it('switches accounts off and on, and lifts locks', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    expect((await as('POST', `/users/${ada.id}/deactivate`)).body['active']).toBe(false);
    expect(await meStatus(app, ada.access)).toBe(401);
    expect(refusal(await app.api.post('/login', { email: ada.email, password: PASSWORD }))).toEqual([
      403,
      'core.account_inactive',
    ]);
    expect((await as('POST', `/users/${ada.id}/activate`)).body['active']).toBe(true);
    for (let attempt = 0; attempt < 5; attempt += 1)
      await app.api.post('/login', { email: ada.email, password: 'wrong password' });
    expect((await app.api.post('/login', { email: ada.email, password: PASSWORD })).status).toBe(423);
    expect((await as('GET', `/users/${ada.id}`)).body['locked_until']).not.toBeNull();
    expect((await as('POST', `/users/${ada.id}/unlock`)).body['locked_until']).toBeNull();
    await logIn(app, ada);
  });

  it('deletes, restores, erases and purges', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    const gone = await as('DELETE', `/users/${ada.id}`);
    expect([gone.status, gone.body['deleted_at']]).toEqual([200, expect.any(String)]);
    expect(await meStatus(app, ada.access)).toBe(401);
    expect((await app.api.post('/login', { email: ada.email, password: PASSWORD })).status).toBe(401);
    for (const action of ['ban', 'deactivate', 'unlock', 'email/verify', 'password/reset', 'super-admin'])
      expect([action, ...refusal(await as('POST', `/users/${ada.id}/${action}`))]).toEqual([
        action,
        404,
        'core.user_not_found',
      ]);
    expect(refusal(await as('DELETE', `/users/${ada.id}`))).toEqual([404, 'core.user_not_found']);
    expect((await as('POST', `/users/${ada.id}/restore`)).body['deleted_at']).toBeNull();
    expect(refusal(await as('POST', `/users/${ada.id}/restore`))).toEqual([404, 'core.user_not_found']);
    await logIn(app, ada);

    await as('DELETE', `/users/${ada.id}`);
    await signUp(app, { email: ada.email });
    expect(refusal(await as('POST', `/users/${ada.id}/restore`))).toEqual([409, 'core.email_taken']);
    expect((await as('POST', `/users/${ada.id}/erase`)).status).toBe(204);
    expect((await as('GET', `/users/${ada.id}`)).status).toBe(404);

    const [old, recent, living] = [await signUp(app), await signUp(app), await signUp(app)];
    await as('DELETE', `/users/${old.id}`);
    await as('DELETE', `/users/${recent.id}`);
    await app.sql(`UPDATE castellan.users SET deleted_at = '2001-01-01' WHERE id = $1`, [old.id]);
    const purged = await as('POST', '/users/purge', { deleted_before: '2002-01-01T00:00:00Z' });
    expect([purged.status, purged.body]).toEqual([200, { erased: 1, refused: [], more: false }]);
    expect((await as('GET', `/users/${old.id}`)).status).toBe(404);
    for (const { id } of [recent, living]) expect((await as('GET', `/users/${id}`)).status).toBe(200);
    expectProblem(await as('POST', '/users/purge', {}), 400, 'core.validation_failed');
  });

  it('makes and unmakes super admins, and keeps the last one', async () => {
    const app = current();
    const admin = await root();
    const ada = await signUpAndLogIn(app);
    await onlySuperAdmins(app, admin.id);
    expect(refusal(await as('DELETE', `/users/${admin.id}/super-admin`))).toEqual([
      409,
      'core.last_super_admin',
    ]);
    expect(refusal(await app.api.delete('/me', { password: PASSWORD }, { token: admin.access }))).toEqual([
      409,
      'core.last_super_admin',
    ]);
    for (const [method, path] of [
      ['POST', '/ban'],
      ['POST', '/deactivate'],
      ['DELETE', ''],
      ['POST', '/erase'],
    ] as const)
      expect([path, ...refusal(await as(method, `/users/${admin.id}${path}`))]).toEqual([
        path,
        409,
        'admin.own_account',
      ]);
    const raised = await as('POST', `/users/${ada.id}/super-admin`);
    expect([raised.status, raised.body['is_super_admin']]).toEqual([200, true]);
    expect(await meStatus(app, ada.access)).toBe(401);
    const { access: token } = await logIn(app, ada);
    expect((await app.api.get('/admin/users', { token })).status).toBe(200);
    expect((await as('DELETE', `/users/${ada.id}/super-admin`)).body['is_super_admin']).toBe(false);
    expect(await meStatus(app, token)).toBe(401);
    const after = await logIn(app, ada);
    expect(refusal(await app.api.get('/admin/users', { token: after.access }))).toEqual([
      403,
      'admin.permission_required',
    ]);
  });

  it('is for super admins and holders of the permission, and nobody is touched by who is below (A4)', async () => {
    const app = current();
    const admin = await root();
    const [plain, helper, strong] = [
      await signUpAndLogIn(app),
      await holderOf(app, 'users:*'),
      await holderOf(app, 'users:*', 'books:write'),
    ];
    const victim = await signUp(app);
    const routes = (id: string): readonly (readonly [string, string, object?])[] => [
      ['PATCH', `/users/${id}`, { name: 'X' }],
      ['POST', `/users/${id}/ban`],
      ['POST', `/users/${id}/unban`],
      ['POST', `/users/${id}/deactivate`],
      ['POST', `/users/${id}/activate`],
      ['POST', `/users/${id}/unlock`],
      ['POST', `/users/${id}/email/verify`],
      ['POST', `/users/${id}/password`, { password: OTHER_PASSWORD }],
      ['POST', `/users/${id}/password/reset`],
      ['DELETE', `/users/${id}`],
      ['POST', `/users/${id}/restore`],
    ];
    const call = (
      who: { access: string },
      [method, path, body]: readonly [string, string, object?],
    ): Promise<Answer> => app.api.send(method, `/admin${path}`, body, { token: who.access });
    for (const route of [
      ...routes(victim.id),
      ['GET', '/users'],
      ['POST', '/users', { email: freshEmail() }],
    ] as const) {
      expect([route, ...refusal(await call(plain, route))]).toEqual([
        route,
        403,
        'admin.permission_required',
      ]);
      expect((await app.api.send(route[0], `/admin${route[1]}`, route[2])).status).toBe(401);
    }
    for (const route of routes(admin.id))
      expect([route, ...refusal(await call(helper, route))]).toEqual([
        route,
        403,
        'admin.super_admin_protected',
      ]);
    for (const route of routes(strong.id))
      expect([route, ...refusal(await call(helper, route))]).toEqual([route, 403, 'admin.above_ceiling']);
    for (const route of [
      ['POST', `/users/${victim.id}/super-admin`],
      ['POST', `/users/${helper.id}/super-admin`],
      ['DELETE', `/users/${admin.id}/super-admin`],
      ['POST', `/users/${victim.id}/erase`],
      ['POST', '/users/purge', { deleted_before: '2002-01-01T00:00:00Z' }],
    ] as const)
      expect([route, ...refusal(await call(helper, route))]).toEqual([
        route,
        403,
        'admin.super_admin_required',
      ]);
    for (const route of routes(victim.id))
      expect([route, (await call(helper, route)).status]).toEqual([route, 200]);
    expect(await meStatus(app, admin.access)).toBe(200);
  });
});
