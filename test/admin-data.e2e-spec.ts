import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { type ImportLine, UserImport } from '../src/modules/admin/index.js';
import { DefaultPasswordHasher } from '../src/modules/core/index.js';
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
  tokensOf,
} from './support/accounts.js';
import { type Admin, anotherSuperAdmin } from './support/admins.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { createOrganization } from './support/organizations.js';
import { expectProblem } from './support/problems.js';
import { giveRole, holderOf, makeRole } from './support/roles.js';
import type { TestApp } from './support/test-app.js';
import { enrolTotp } from './support/two-factor.js';

/** Every row of every table that mentions one of the texts anywhere. */
async function mentions(app: TestApp, ...texts: readonly string[]): Promise<string[]> {
  const tables = await app.sql<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'castellan' AND table_type = 'BASE TABLE'`,
  );
  const found: string[] = [];
  for (const { name } of tables)
    for (const text of texts) {
      const rows = await app.sql(
        `SELECT 1 FROM castellan.${name} AS t WHERE lower(t::text) LIKE '%' || lower($1) || '%'`,
        [text],
      );
      if (rows.length > 0) found.push(`${name}: ${text}`);
    }
  return found;
}

describeMatrix('Data of users', MATRIX, (current) => {
  let known: Admin | undefined;
  const root = async (): Promise<Admin> => (known ??= await anotherSuperAdmin(current()));
  const as = async (method: string, path: string, body?: unknown): Promise<Answer> =>
    current().api.send(method, `/admin${path}`, body, { token: (await root()).access });

  it('are exported as one document, of every module and without secrets', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app, { phone_number: freshPhone(), name: 'Ada' });
    const { secret, backupCodes } = await enrolTotp(app, ada.access);
    const organization = await createOrganization(app, ada, { name: 'Engines' });
    const role = await makeRole(app, ['books:read']);
    await giveRole(app, role.id, ada.id);
    const answer = await as('GET', `/users/${ada.id}/export`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="user-${ada.id}.json"`);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toMatchObject({
      exported_at: expect.any(String),
      user: { id: ada.id, email: ada.email, name: 'Ada', banned_at: null, deleted_at: null },
      sessions: [{ id: ada.sessionId, methods: ['pwd'] }],
      oauth_accounts: [],
      two_factor_methods: [{ method: 'totp' }],
      trusted_devices: [],
      roles: [{ role: role.slug, permissions: ['books:read'] }],
      organizations: [{ organization_id: organization.body.id, name: 'Engines', role: 'owner', roles: [] }],
    });
    const hashes = await app.sql<{ password: string; token: string }>(
      'SELECT u.password, s.refresh_token AS token FROM castellan.users u JOIN castellan.sessions s ON s.user_id = u.id WHERE u.id = $1',
      [ada.id],
    );
    const secrets = [
      secret,
      ...backupCodes,
      ada.access,
      ada.refresh,
      ...hashes.flatMap((row) => Object.values(row)),
    ];
    for (const text of secrets) expect(answer.text).not.toContain(text);
    const { access: now } = tokensOf(await refresh(app, ada.refresh));
    const own = await app.api.get('/me/export', { token: now });
    expect([own.status, own.body.user, own.body['organizations']]).toEqual([
      200,
      answer.body.user,
      answer.body['organizations'],
    ]);
    expect(refusal(await as('GET', `/users/${randomUUID()}/export`))).toEqual([404, 'core.user_not_found']);
    const helper = await holderOf(app, 'users:*');
    const above = await app.api.get(`/admin/users/${(await root()).id}/export`, { token: helper.access });
    expect(refusal(above)).toEqual([403, 'admin.super_admin_protected']);
    expect((await app.api.get(`/admin/users/${ada.id}/export`, { token: now })).status).toBe(403);
    const acting = await as('POST', `/users/${ada.id}/impersonate`, { reason: 'x' });
    const asAda = await app.api.get('/me/export', { token: acting.body.access_token });
    expect(refusal(asAda)).toEqual([403, 'core.impersonated']);
  });

  it('stream however many sessions there are', async () => {
    const app = current();
    const ada = await signUpAndLogIn(app);
    await app.sql(
      `INSERT INTO castellan.session_families SELECT gen_random_uuid(), realm_id, user_id, token_version, expires_at, NULL, NULL, 'many', user_agent, ip_address,
         authenticated_at, methods, last_used_at, created_at, impersonator_id, impersonator_session_id
       FROM castellan.session_families, generate_series(1, 249) WHERE id = $1`,
      [ada.sessionId],
    );
    const answer = await app.api.get('/me/export', { token: ada.access });
    const sessions = answer.body['sessions'] as { id: string }[];
    expect([sessions.length, new Set(sessions.map(({ id }) => id)).size]).toEqual([250, 250]);
    await app.sql(`DELETE FROM castellan.session_families WHERE device_name = 'many'`);
  });

  it('are gone everywhere once the user is erased', async () => {
    const app = current();
    const phone = freshPhone();
    const ada = await signUpAndLogIn(app, { phone_number: phone, name: 'Unmistakable Name' });
    await enrolTotp(app, ada.access);
    await createOrganization(app, ada);
    const role = await makeRole(app, []);
    await giveRole(app, role.id, ada.id);
    await app.api.post('/password/forgot', { email: ada.email });
    await app.api.post('/phone/verify/request', { phone_number: phone });
    await app.drainOutbox();
    await app.api.post('/phone/verify/confirm', { phone_number: phone, code: '000000' });
    expect(await mentions(app, ada.email)).not.toEqual([]);
    expect((await as('POST', `/users/${ada.id}/erase`)).status).toBe(204);
    expect(await mentions(app, ada.email, ada.username, phone, 'Unmistakable Name')).toEqual([]);
    // What keeps the last access tokens out names the account until they have expired by themselves.
    const left = await mentions(app, ada.id);
    expect(left.filter((each) => !each.startsWith('blacklist:'))).toEqual([]);
  });

  it('are counted, by indexes', async () => {
    const app = current();
    const first = (await as('GET', '/statistics?days=7')).body;
    expect(first).toMatchObject({
      users: { super_admins: expect.any(Number) },
      sessions: expect.any(Number),
    });
    expect(first['days']).toHaveLength(7);
    const ada = await signUpAndLogIn(app);
    await app.api.post('/login', { email: ada.email, password: 'wrong password' });
    const banned = await signUp(app);
    await as('POST', `/users/${banned.id}/ban`);
    const counts = (body: Answer['body']) => {
      const days = body['days'] as Record<string, number>[];
      return { users: Object(body['users']) as Record<string, number>, today: days.at(-1) ?? {} };
    };
    const [before, after] = [counts(first), counts((await as('GET', '/statistics?days=8')).body)];
    expect([after.users['living'], after.users['banned']]).toEqual([
      Number(before.users['living']) + 2,
      Number(before.users['banned']) + 1,
    ]);
    expect([after.today['sign_ups'], after.today['logins'], after.today['failed_logins']]).toEqual([
      Number(before.today['sign_ups']) + 2,
      Number(before.today['logins']) + 1,
      Number(before.today['failed_logins']) + 1,
    ]);
    expect((await as('GET', '/statistics?days=7')).body).toEqual(first);
    for (const days of ['0', '366', 'all'])
      expectProblem(await as('GET', `/statistics?days=${days}`), 400, 'core.validation_failed');
    expect((await app.api.get('/admin/statistics', { token: ada.access })).status).toBe(403);
    const reader = await holderOf(app, 'statistics:read');
    expect((await app.api.get('/admin/statistics', { token: reader.access })).status).toBe(200);
  });

  it('are imported with hashes of another system, and sign in', async () => {
    const app = current();
    const email = freshEmail();
    const passwordHash = await new DefaultPasswordHasher({ algorithm: 'argon2id' }).hash(PASSWORD);
    async function* lines(): AsyncGenerator<ImportLine> {
      yield { line: 1, record: { email, password_hash: passwordHash, email_verified: 'true' } };
    }
    const users = app.app.get(UserImport, { strict: false });
    const done = await users.run(lines(), { name: freshName('import') });
    expect(done).toMatchObject({ line: 1, created: 1, skipped: 0, failed: 0 });
    await logIn(app, { email, password: PASSWORD });
    const [renewed] = await app.sql<{ password: string }>(
      'SELECT password FROM castellan.users WHERE email = $1',
      [email],
    );
    expect(renewed?.password.startsWith('$bcrypt-sha256$')).toBe(true);
  });

  it('are changed in bulk, with a result for each', async () => {
    const app = current();
    const admin = await root();
    const [one, two] = [await signUpAndLogIn(app), await signUpAndLogIn(app)];
    const missing = randomUUID();
    const ids = [one.id, missing, admin.id, two.id];
    const banned = await as('POST', '/users/bulk', { action: 'ban', user_ids: ids, reason: 'Spam.' });
    expect([banned.status, banned.body]).toEqual([
      207,
      {
        succeeded: 2,
        failed: 2,
        results: [
          { user_id: one.id, status: 200 },
          { user_id: missing, status: 404, code: 'core.user_not_found' },
          { user_id: admin.id, status: 409, code: 'admin.own_account' },
          { user_id: two.id, status: 200 },
        ],
      },
    ]);
    for (const { access } of [one, two]) expect(await meStatus(app, access)).toBe(401);
    for (const action of [
      'unban',
      'deactivate',
      'activate',
      'unlock',
      'verify_email',
      'revoke_sessions',
      'force_password_reset',
      'delete',
      'restore',
      'erase',
    ])
      expect([
        action,
        (await as('POST', '/users/bulk', { action, user_ids: [one.id, two.id] })).body['succeeded'],
      ]).toEqual([action, 2]);
    const helper = await holderOf(app, 'users:read', 'users:ban');
    const victim = await signUp(app);
    const bulk = (action: string): Promise<Answer> =>
      app.api.post(
        '/admin/users/bulk',
        { action, user_ids: [victim.id, admin.id] },
        { token: helper.access },
      );
    expect((await bulk('ban')).body['results']).toEqual([
      { user_id: victim.id, status: 200 },
      { user_id: admin.id, status: 403, code: 'admin.super_admin_protected' },
    ]);
    expect((await bulk('delete')).body['results']).toEqual(
      [victim, admin].map(({ id }) => ({ user_id: id, status: 403, code: 'admin.permission_required' })),
    );
    const bad: readonly object[] = [
      { action: 'ban', user_ids: [] },
      { action: 'ban', user_ids: Array.from({ length: 101 }, () => randomUUID()) },
      { action: 'ban', user_ids: [one.id, one.id.toUpperCase()] },
      { action: 'ban', user_ids: ['x'] },
      { action: 'ban', user_ids: one.id },
      { action: 'impersonate', user_ids: [one.id] },
      { action: 'ban', user_ids: [one.id], until: 'soon' },
    ];
    for (const body of bad)
      expectProblem(await as('POST', '/users/bulk', body), 400, 'core.validation_failed');
  });
});
