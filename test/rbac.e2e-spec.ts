import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { RoleService, SYSTEM_GRANTOR } from '../src/modules/rbac/index.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import type { Answer } from '../src/testing/test-client.js';
import { freshName, logIn, refresh, refusal, signUp, signUpAndLogIn, tokensOf } from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';
import { giveRole, holderOf, makeRole, superAdmin } from './support/roles.js';
import type { TestApp } from './support/test-app.js';

/** What no request of this module may set. */
const INJECTED: Readonly<Record<string, unknown>> = {
  id: randomUUID(),
  realm_id: randomUUID(),
  realmId: randomUUID(),
  organization_id: randomUUID(),
  organizationId: randomUUID(),
  org_id: randomUUID(),
  reserved: true,
  role_id: randomUUID(),
  granted_by: randomUUID(),
  grantedBy: randomUUID(),
  created_at: '2020-01-01T00:00:00.000Z',
  is_super_admin: true,
  isSuperAdmin: true,
  role: 'super-admin',
  roles: ['super-admin'],
  owner: true,
  scopes: ['*:*'],
};

/** Every route of the module that manages roles. */
const routes = (roleId: string, userId: string): readonly (readonly [string, string, object?])[] => [
  ['GET', '/roles'],
  ['POST', '/roles', { slug: freshName('x'), name: 'X', permissions: [] }],
  ['GET', `/roles/${roleId}`],
  ['PATCH', `/roles/${roleId}`, { name: 'X' }],
  ['GET', `/roles/${roleId}/assignments`],
  ['POST', `/roles/${roleId}/assignments`, { user_id: userId }],
  ['DELETE', `/roles/${roleId}/assignments/${userId}`],
  ['DELETE', `/roles/${roleId}`],
];

/** Everything that the module keeps. */
async function rows(app: TestApp): Promise<unknown> {
  return [
    await app.sql('SELECT id, slug, name, permissions, reserved FROM castellan.roles ORDER BY id'),
    await app.sql('SELECT id, user_id, role_id FROM castellan.role_assignments ORDER BY id'),
    await app.sql('SELECT id FROM castellan.users WHERE is_super_admin'),
  ];
}

describeMatrix('Roles', MATRIX, (current, { mode }) => {
  it('are made, shown, listed, changed and deleted', async () => {
    const app = current();
    const { access: token } = await superAdmin(app);
    const slug = freshName('auditor-');
    const input = {
      slug,
      name: 'Auditor',
      description: 'Reads the books.',
      permissions: ['books:*', 'books:read'],
    };
    const made = await app.api.post('/roles', input, { token });
    expect([made.status, made.body]).toEqual([
      201,
      {
        id: expect.any(String),
        organization_id: null,
        slug,
        name: 'Auditor',
        description: 'Reads the books.',
        permissions: ['books:*'],
        reserved: false,
        created_at: expect.any(String),
        updated_at: expect.any(String),
      },
    ]);
    const path = `/roles/${made.body.id}`;
    expect((await app.api.get(path, { token })).body).toEqual(made.body);
    const changed = await app.api.patch(path, { name: 'Head', description: null }, { token });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { name: 'Head', description: null, permissions: ['books:*'] },
    ]);
    expect(refusal(await app.api.post('/roles', input, { token }))).toEqual([409, 'rbac.slug_taken']);
    const reserved = await app.api.post('/roles', { ...input, slug: 'super-admin' }, { token });
    expect(refusal(reserved)).toEqual([409, 'rbac.slug_reserved']);
    expect((await app.api.delete(path, undefined, { token })).status).toBe(204);
    for (const gone of [path, `/roles/${randomUUID()}`, '/roles/none'])
      expect(refusal(await app.api.get(gone, { token }))).toEqual([404, 'rbac.role_not_found']);
  });

  it('are listed page after page', async () => {
    const app = current();
    const { access: token } = await superAdmin(app);
    const prefix = freshName('p');
    for (const index of [1, 2, 3]) await makeRole(app, [], `${prefix}-${index}`);
    const query = `/roles?query=${prefix.toUpperCase()}&sort_field=slug&sort_dir=asc&limit=2`;
    const first = await app.api.get(query, { token });
    expect(first.body).toMatchObject({ total: 3, limit: 2, sort_field: 'slug', sort_dir: 'asc' });
    const second = await app.api.get(`${query}&cursor=${String(first.body['next_cursor'])}`, { token });
    expect([...first.body.data, ...second.body.data].map((role) => role['slug'])).toEqual(
      [1, 2, 3].map((index) => `${prefix}-${index}`),
    );
    expect(second.body['next_cursor']).toBeNull();
    for (const bad of ['limit=abc', 'cursor=x', 'unknown=1', `query=${'a'.repeat(101)}`])
      expectProblem(await app.api.get(`/roles?${bad}`, { token }), 400, 'core.validation_failed');
  });

  it('are granted and revoked, which counts at once and signs nobody out', async () => {
    const app = current();
    const { access: admin, id: adminId } = await superAdmin(app);
    const ada = await signUpAndLogIn(app);
    const role = await makeRole(app, ['roles:read']);
    const path = `/roles/${role.id}/assignments`;
    let tokens = { access: ada.access, refresh: ada.refresh, sessionId: ada.sessionId };
    const visit = async (): Promise<Answer> => {
      const answer = await app.api.get('/roles', { token: tokens.access });
      if (answer.status !== 401) return answer;
      expect([mode, answer.body.code]).toEqual(['stateless', 'core.invalid_token']);
      tokens = tokensOf(await refresh(app, tokens.refresh));
      expect(tokens.sessionId).toBe(ada.sessionId);
      return app.api.get('/roles', { token: tokens.access });
    };
    expect(refusal(await visit())).toEqual([403, 'rbac.permission_required']);
    const granted = await app.api.post(path, { user_id: ada.id }, { token: admin });
    expect([granted.status, granted.body]).toMatchObject([
      201,
      { role_id: role.id, user_id: ada.id, organization_id: null, granted_by: adminId },
    ]);
    expect((await visit()).status).toBe(200);
    expect((await app.api.get('/me/roles', { token: tokens.access })).body).toEqual({
      roles: [role.slug],
      permissions: ['roles:read'],
    });
    expect(refusal(await app.api.post(path, { user_id: ada.id }, { token: admin }))).toEqual([
      409,
      'rbac.already_assigned',
    ]);
    expect((await app.api.get(path, { token: admin })).body.data).toEqual([granted.body]);
    expect((await app.api.delete(`${path}/${ada.id}`, undefined, { token: admin })).status).toBe(204);
    expect(refusal(await visit())).toEqual([403, 'rbac.permission_required']);
    const again = await app.api.delete(`${path}/${ada.id}`, undefined, { token: admin });
    expect(refusal(again)).toEqual([404, 'rbac.assignment_not_found']);
    const nobody = await app.api.post(path, { user_id: randomUUID() }, { token: admin });
    expect(refusal(nobody)).toEqual([404, 'core.user_not_found']);
    expectProblem(
      await app.api.post(path, { user_id: 'ada' }, { token: admin }),
      400,
      'core.validation_failed',
    );
    await makeRole(app, ['roles:read']);
    await giveRole(app, role.id, ada.id);
    expect((await visit()).status).toBe(200);
    await app.api.patch(`/roles/${role.id}`, { permissions: ['books:read'] }, { token: admin });
    expect(refusal(await visit())).toEqual([403, 'rbac.permission_required']);
  });

  it('are managed by super admins and holders of the permission, and by nobody else (A4)', async () => {
    const app = current();
    const { access: admin } = await superAdmin(app);
    const role = await makeRole(app, []);
    const { id: userId } = await signUp(app);
    const plain = await signUpAndLogIn(app);
    const other = await holderOf(app, 'books:*', '*:other', 'role:read', 'roles-2:read');
    const before = await rows(app);
    for (const [method, path, body] of routes(role.id, userId)) {
      const name = `${method} ${path}`;
      for (const { access: token } of [plain, other])
        expect([name, ...refusal(await app.api.send(method, path, body, { token }))]).toEqual([
          name,
          403,
          'rbac.permission_required',
        ]);
      expect([name, (await app.api.send(method, path, body)).status]).toEqual([name, 401]);
    }
    expect(await rows(app)).toEqual(before);
    const manager = await holderOf(app, 'roles:*');
    for (const token of [manager.access, admin]) {
      const subject = await makeRole(app, []);
      for (const [method, path, body] of routes(subject.id, userId))
        expect([method, path, (await app.api.send(method, path, body, { token })).status]).toEqual([
          method,
          path,
          method === 'DELETE' ? 204 : method === 'POST' ? 201 : 200,
        ]);
    }
  });

  it('never lift anybody above what they hold (A4)', async () => {
    const app = current();
    const manager = await holderOf(app, 'roles:*', 'books:read');
    const { access: token, id: userId } = manager;
    const high = await makeRole(app, ['books:*']);
    const boss = await holderOf(app, '*:*');
    const before = await rows(app);
    const attempts: readonly (readonly [string, string, object?])[] = [
      ['POST', '/roles', { slug: freshName('x'), name: 'X', permissions: ['*:*'] }],
      ['POST', '/roles', { slug: freshName('x'), name: 'X', permissions: ['books:read', 'books:*'] }],
      ['PATCH', `/roles/${manager.role.id}`, { permissions: ['roles:*', 'books:write'] }],
      ['PATCH', `/roles/${high.id}`, { permissions: [] }],
      ['PATCH', `/roles/${boss.role.id}`, { name: 'Mine' }],
      ['DELETE', `/roles/${high.id}`],
      ['POST', `/roles/${high.id}/assignments`, { user_id: userId }],
      ['POST', `/roles/${boss.role.id}/assignments`, { user_id: userId }],
      ['DELETE', `/roles/${boss.role.id}/assignments/${boss.id}`],
    ];
    for (const [method, path, body] of attempts)
      expect([method, path, ...refusal(await app.api.send(method, path, body, { token }))]).toEqual([
        method,
        path,
        403,
        'rbac.above_ceiling',
      ]);
    expect(await rows(app)).toEqual(before);
    const allowed = { slug: freshName('x'), name: 'X', permissions: ['books:read', 'roles:assign'] };
    expect((await app.api.post('/roles', allowed, { token })).status).toBe(201);
  });

  it('take nothing but their own fields (A3)', async () => {
    const app = current();
    const { access: token } = await superAdmin(app);
    const role = await makeRole(app, ['books:read']);
    const ada = await signUpAndLogIn(app);
    const before = await rows(app);
    const input = { slug: freshName('x'), name: 'X', permissions: [] };
    for (const [field, value] of Object.entries({ ...INJECTED, slug: 'other', permissions: '*:*' })) {
      const targets: readonly (readonly [string, string, object])[] = [
        ...(field === 'slug' ? [] : [['POST', '/roles', { ...input, [field]: value }] as const]),
        ['PATCH', `/roles/${role.id}`, { [field]: value }],
        ['POST', `/roles/${role.id}/assignments`, { user_id: ada.id, [field]: value }],
      ];
      for (const [method, path, body] of targets)
        expect([field, method, path, (await app.api.send(method, path, body, { token })).status]).toEqual([
          field,
          method,
          path,
          400,
        ]);
    }
    const polluted = `{"slug":"${input.slug}","name":"X","permissions":[],"__proto__":{"reserved":true}}`;
    const headers = { 'content-type': 'application/json' };
    expect((await app.api.send('POST', '/roles', polluted, { token, headers })).status).toBe(400);
    for (const field of ['roles', 'permissions', 'entitlements', 'is_super_admin', 'claims_version'])
      expect((await app.api.patch('/me', { [field]: ['*:*'] }, { token: ada.access })).status).toBe(400);
    expect(await rows(app)).toEqual(before);
  });

  it('of an organization are not there for who manages the platform (A2)', async () => {
    const app = current();
    const { access: token } = await superAdmin(app);
    const { id: userId } = await signUp(app);
    const own = await app.app
      .get(RoleService, { strict: false })
      .create(randomUUID(), { slug: 'own', name: 'Own', permissions: [] }, SYSTEM_GRANTOR, SYSTEM_CLIENT);
    for (const [method, path, body] of routes(own.id, userId).filter(([, path]) => path.includes(own.id)))
      expect([method, path, ...refusal(await app.api.send(method, path, body, { token }))]).toEqual([
        method,
        path,
        404,
        'rbac.role_not_found',
      ]);
    expect((await app.api.get('/roles?query=own', { token })).body.data).toEqual([]);
  });

  it('refuse what is not well-formed', async () => {
    const app = current();
    const { access: token } = await superAdmin(app);
    const role = await makeRole(app, []);
    const input = { slug: freshName('x'), name: 'X', permissions: [] };
    const bad: readonly object[] = [
      { ...input, slug: 'No Slug' },
      { ...input, slug: null },
      { ...input, slug: 'a'.repeat(64) },
      { ...input, name: '' },
      { ...input, name: 'a\u0000' },
      { ...input, name: 'a\ud800' },
      { ...input, permissions: ['all'] },
      { ...input, permissions: [['a:b']] },
      { ...input, permissions: null },
      { ...input, permissions: Array.from({ length: 101 }, (_, index) => `a:${index}`) },
      { ...input, description: 7 },
      {},
    ];
    for (const body of bad) expectProblem(await app.api.post('/roles', body, { token }), 400);
    for (const body of [{ name: null }, { permissions: null }, { permissions: ['*'] }, { slug: 'x' }])
      expectProblem(await app.api.patch(`/roles/${role.id}`, body, { token }), 400, 'core.validation_failed');
    for (const path of ['/roles/%00', '/roles/%ff', `/roles/${'a'.repeat(90)}`])
      expect((await app.api.get(path, { token })).status).toBeLessThan(500);
  });

  it('show anybody their own, and go with the account', async () => {
    const app = current();
    const account = await holderOf(app, 'books:read');
    const { access: token } = await logIn(app, account);
    expect((await app.api.get('/me/roles', { token })).body).toEqual({
      roles: [account.role.slug],
      permissions: ['books:read'],
    });
    expect((await app.api.get('/me/entitlements', { token })).body).toEqual({ entitlements: [] });
    await app.sql('DELETE FROM castellan.users WHERE id = $1', [account.id]);
    expect(
      await app.sql('SELECT 1 FROM castellan.role_assignments WHERE user_id = $1', [account.id]),
    ).toEqual([]);
  });
});
