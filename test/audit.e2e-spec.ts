import { describe, expect, it } from '@jest/globals';
import { AccountLifecycleService, AccountRemovalService, UserService } from '../src/modules/core/index.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import { TransactionRunner } from '../src/shared/persistence/transaction-runner.js';
import { freshEmail, logIn, PASSWORD, refusal, signUp, signUpAndLogIn } from './support/accounts.js';
import { actionsOf, idsOf, recordsOf, superAdmin } from './support/audit.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { cast } from './support/organizations.js';
import type { TestApp } from './support/test-app.js';

const NEW_PASSWORD = 'a drawbridge of 9 chains';

describeMatrix('Audit', MATRIX, (current) => {
  const count = async (app: TestApp) =>
    Number((await app.sql<{ n: string }>('SELECT count(*) AS n FROM castellan.audit_logs'))[0]?.n);

  describe('what happens', () => {
    it('leaves one record each, by whom, from where, in which request', async () => {
      const app = current();
      const account = await signUp(app);
      const headers = { 'user-agent': 'Lovelace/1.0' };
      await app.api.post('/login', { email: account.email, password: 'wrong password 1' }, { headers });
      const login = await app.api.post('/login', { email: account.email, password: PASSWORD }, { headers });
      const token = login.body.access_token;
      const second = await logIn(app, account);
      await app.api.patch('/me', { name: 'Ada' }, { token });
      const change = { current_password: PASSWORD, new_password: NEW_PASSWORD };
      expect((await app.api.post('/me/password', change, { token })).status).toBeLessThan(300);
      await app.api.post('/logout', undefined, { token });
      const records = await recordsOf(app, account.id);
      expect(records.map(({ action, actor_type, severity }) => [action, actor_type, severity])).toEqual([
        ['user.register', 'user', 'info'],
        ['auth.login.failed', 'anonymous', 'warning'],
        ['auth.login', 'user', 'info'],
        ['auth.login', 'user', 'info'],
        ['user.profile.change', 'user', 'info'],
        ['session.revoke', 'user', 'info'],
        ['auth.password.change', 'user', 'info'],
        ['auth.logout', 'user', 'info'],
      ]);
      const [, failed, signedIn, , , revoked, , loggedOut] = records;
      expect(failed).toMatchObject({
        actor_id: null,
        target_id: account.id,
        metadata: { reason: 'invalid_credentials' },
        user_agent: 'Lovelace/1.0',
        ip_address: expect.stringMatching(/127\.0\.0\.1|::1/),
      });
      expect(signedIn).toMatchObject({
        actor_id: account.id,
        metadata: { session_id: login.body.session_id, methods: ['pwd'] },
      });
      expect(revoked?.metadata).toMatchObject({
        reason: 'password_change',
        session_ids: [second.sessionId],
      });
      expect(loggedOut?.metadata).toMatchObject({ reason: 'logout', session_ids: [login.body.session_id] });
      expect(failed?.request_id).not.toBe(signedIn?.request_id);
    });

    it('is recorded for an identifier that nobody has, without it', async () => {
      const app = current();
      const email = freshEmail('nobody');
      await app.api.post('/login', { email, password: PASSWORD });
      const [last] = await app.sql<object>('SELECT * FROM castellan.audit_logs ORDER BY id DESC LIMIT 1');
      expect(last).toMatchObject({ action: 'auth.login.failed', actor_id: null, target_id: null });
      expect(JSON.stringify(last)).not.toContain('nobody');
    });

    it('locks an account on the record', async () => {
      const app = current();
      const account = await signUp(app);
      for (let attempt = 0; attempt < 6; attempt += 1)
        await app.api.post('/login', { email: account.email, password: 'wrong password 1' });
      const actions = await actionsOf(app, account.id);
      expect(actions.filter((action) => action === 'security.account.lock')).toHaveLength(1);
      expect(actions.filter((action) => action === 'auth.login.failed')).toHaveLength(6);
    });

    it('tells what others did to an account', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const lifecycle = app.app.get(AccountLifecycleService, { strict: false });
      const admin = { ...SYSTEM_CLIENT, requestId: '01890a5d-ac96-774b-bcce-b302099a8057' };
      const other = await signUp(app);
      await lifecycle.ban(account.id, {}, { ...admin, actor: { id: other.id } });
      await lifecycle.unban(account.id, SYSTEM_CLIENT);
      const records = (await recordsOf(app, account.id)).slice(-3);
      expect(records.map(({ action, actor_id, actor_type }) => [action, actor_id, actor_type])).toEqual([
        ['session.revoke', other.id, 'admin'],
        ['admin.user.ban', other.id, 'admin'],
        ['admin.user.unban', null, 'system'],
      ]);
    });

    it('is rolled back with its record, and its record with it', async () => {
      const app = current();
      const account = await signUp(app);
      const before = await count(app);
      const transactions = app.app.get(TransactionRunner, { strict: false });
      const users = app.app.get(UserService, { strict: false });
      const lost = transactions.run(async () => {
        await users.updateProfile(account.id, { name: 'Gone' }, SYSTEM_CLIENT);
        expect(await count(app)).toBe(before + 1);
        throw new Error('no');
      });
      await expect(lost).rejects.toThrow('no');
      expect(await count(app)).toBe(before);
      // The log refuses: so does whatever it would have told.
      await app.sql(
        `ALTER TABLE castellan.audit_logs ADD CONSTRAINT full_up CHECK (action <> 'user.profile.change') NOT VALID`,
      );
      const token = (await logIn(app, account)).access;
      expect((await app.api.patch('/me', { name: 'Gone' }, { token })).status).toBe(500);
      await app.sql('ALTER TABLE castellan.audit_logs DROP CONSTRAINT full_up');
      expect((await app.api.get('/me', { token })).body['name']).not.toBe('Gone');
    });

    it('holds no secret, whatever was sent and issued', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      await app.api.post('/password/forgot', { email: account.email });
      await app.drainOutbox();
      const enrolled = await app.api.post('/two-factor/totp/enrol', {}, { token: account.access });
      const rows = await app.sql<object>('SELECT to_jsonb(l) AS l FROM castellan.audit_logs l');
      const text = JSON.stringify(rows);
      const secrets = [account.access, account.refresh, PASSWORD, NEW_PASSWORD, account.email];
      const seed: unknown = enrolled.body['secret'];
      for (const secret of [...secrets, ...(typeof seed === 'string' ? [seed] : [])])
        expect(text.includes(secret)).toBe(false);
    });
  });

  describe('reading', () => {
    it('shows users what they did and what was done to them, and nobody else’s address', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const other = await signUpAndLogIn(app);
      const admin = {
        ...SYSTEM_CLIENT,
        ipAddress: '198.51.100.7',
        userAgent: 'Admin',
        actor: { id: other.id },
      };
      await app.app
        .get(UserService, { strict: false })
        .updateProfile(account.id, { name: 'Ada' }, { ...admin, requestId: account.id });
      await app.api.post('/login', { email: account.email, password: 'wrong password 1' });
      const { status, body } = await app.api.get('/me/audit', { token: account.access });
      expect(status).toBe(200);
      expect(body.data.map((record) => record['action'])).toEqual([
        'auth.login.failed',
        'user.profile.change',
        'auth.login',
        'user.register',
      ]);
      expect(body.data[0]).toMatchObject({ ip_address: expect.any(String), actor_id: null });
      expect(body.data[1]).toMatchObject({
        actor_id: other.id,
        actor_type: 'admin',
        ip_address: null,
        user_agent: null,
      });
      expect(body).toMatchObject({ total: 4, limit: 20, sort_field: 'created_at', sort_dir: 'desc' });
      expect(Object.keys(body.data[0] ?? {})).not.toContain('personal_salt');
      const mine = await app.api.get('/me/audit', { token: other.access });
      expect(JSON.stringify(mine.body.data)).not.toContain('auth.login.failed');
    });

    it('shows the whole log to super admins alone, and to none who was one', async () => {
      const app = current();
      const admin = await superAdmin(app);
      const user = await signUpAndLogIn(app);
      for (const path of ['/admin/audit', '/admin/audit/export?format=csv']) {
        expect(refusal(await app.api.get(path, { token: user.access }))).toEqual([
          403,
          'audit.super_admin_required',
        ]);
        expect(refusal(await app.api.get(path))).toEqual([401, 'core.unauthenticated']);
        expect((await app.api.get(path, { token: admin.access })).status).toBe(200);
      }
      await app.sql('UPDATE castellan.users SET is_super_admin = false WHERE id = $1', [admin.id]);
      expect((await app.api.get('/admin/audit', { token: admin.access })).status).toBe(403);
    });

    it('filters by actor, target, action, severity and time', async () => {
      const app = current();
      const admin = await superAdmin(app);
      const user = await signUpAndLogIn(app);
      await app.api.post('/login', { email: user.email, password: 'wrong password 1' });
      const get = async (query: string) =>
        (await app.api.get(`/admin/audit?${query}`, { token: admin.access })).body.data.map(
          (record) => record['action'],
        );
      expect(await get(`actor_id=${user.id}`)).toEqual(['auth.login', 'user.register']);
      expect(await get(`target_id=${user.id}`)).toEqual(['auth.login.failed', 'auth.login', 'user.register']);
      expect(await get(`target_id=${user.id}&severity=warning`)).toEqual(['auth.login.failed']);
      expect(await get(`target_id=${user.id}&action=auth.login`)).toEqual(['auth.login']);
      expect(await get(`target_id=${user.id}&to=2020-01-01T00:00:00Z`)).toEqual([]);
      expect(await get(`target_id=${user.id}&from=2020-01-01T00:00:00%2B02:00`)).toHaveLength(3);
      expect(await get(`target_id=${user.id}&organization_id=${user.id}`)).toEqual([]);
    });

    it.each([
      ['actor_id=nonsense', 'actor_id'],
      ['severity=loud', 'severity'],
      ['from=yesterday', 'from'],
      ['from=2026-01-01T00:00:60Z', 'from'],
      ['action=A', 'action'],
      ['target_id=%20', 'target_id'],
      ['organization_id=1', 'organization_id'],
      ['limit=abc', 'limit'],
      ['cursor=nonsense', 'cursor'],
      ['nonsense=1', 'nonsense'],
    ])('refuses %s', async (query, field) => {
      const app = current();
      const admin = await superAdmin(app);
      const answer = await app.api.get(`/admin/audit?${query}`, { token: admin.access });
      expect(refusal(answer)).toEqual([400, 'core.validation_failed']);
      expect(answer.body.errors.map((each) => each.field)).toContain(field);
    });

    it('continues by keyset, whatever is written meanwhile', async () => {
      const app = current();
      const user = await signUpAndLogIn(app);
      for (let index = 0; index < 5; index += 1)
        await app.api.patch('/me', { name: `Ada ${index}` }, { token: user.access });
      const all = idsOf(await app.api.get('/me/audit?limit=100', { token: user.access }));
      const first = await app.api.get('/me/audit?limit=3', { token: user.access });
      await app.api.patch('/me', { name: 'Ada' }, { token: user.access });
      const rest = await app.api.get(`/me/audit?limit=100&cursor=${String(first.body['next_cursor'])}`, {
        token: user.access,
      });
      expect([...idsOf(first), ...idsOf(rest)]).toEqual(all);
    });

    it('shows an organization’s records to its admins, and to others as if there were none', async () => {
      const app = current();
      const { id, owner, admin, member, stranger } = await cast(app);
      const other = await cast(app);
      const path = `/organizations/${id}/audit`;
      for (const token of [owner.access, admin.access]) {
        const { status, body } = await app.api.get(`${path}?sort_dir=asc`, { token });
        expect([status, body.data.map((record) => [record['action'], record['target_id']])]).toEqual([
          200,
          [
            ['organization.create', id],
            ['organization.member.add', owner.id],
            ['organization.member.add', admin.id],
            ['organization.member.add', member.id],
          ],
        ]);
      }
      for (const [who, answer] of [
        [member, [403, 'organization.forbidden']],
        [stranger, [404, 'organization.not_found']],
        [other.owner, [404, 'organization.not_found']],
      ] as const) {
        for (const suffix of ['', '/export?format=ndjson'])
          expect(refusal(await app.api.get(`${path}${suffix}`, { token: who.access }))).toEqual(answer);
      }
      // No filter leads out of the organization.
      const leak = await app.api.get(`${path}?actor_id=${other.owner.id}`, { token: owner.access });
      expect(leak.body.data).toEqual([]);
      expect(
        refusal(await app.api.get(`${path}?organization_id=${other.id}`, { token: owner.access })),
      ).toEqual([400, 'core.validation_failed']);
      await app.api.delete(`/organizations/${id}/members/${admin.id}`, undefined, { token: owner.access });
      // A token from before is out of date in stateless mode.
      const { access: token } = await logIn(app, admin);
      expect(refusal(await app.api.get(path, { token }))).toEqual([404, 'organization.not_found']);
    });
  });

  describe('exporting', () => {
    it('gives every record as a line, in both formats', async () => {
      const app = current();
      const user = await signUpAndLogIn(app);
      await app.api.patch(
        '/me',
        { name: 'Ada' },
        { token: user.access, headers: { 'user-agent': '=1+1,"x"' } },
      );
      const listed = await app.api.get('/me/audit', { token: user.access });
      const ndjson = await app.api.get('/me/audit/export?format=ndjson', { token: user.access });
      expect(ndjson.headers.get('content-type')).toMatch(/^application\/x-ndjson/);
      expect(ndjson.headers.get('cache-control')).toBe('no-store');
      expect(ndjson.headers.get('content-disposition')).toBe('attachment; filename="my-audit.ndjson"');
      const lines = ndjson.text
        .trimEnd()
        .split('\n')
        .map((line): unknown => JSON.parse(line));
      expect(lines).toEqual(listed.body.data);
      const csv = await app.api.get('/me/audit/export?format=csv', { token: user.access });
      expect(csv.headers.get('content-type')).toMatch(/^text\/csv/);
      const [head, ...rows] = csv.text.trimEnd().split('\r\n');
      expect(head).toMatch(/^"created_at","id","action"/);
      expect(rows).toHaveLength(3);
      expect(rows[0]).toContain(`"'=1+1,""x"""`);
      expect(refusal(await app.api.get('/me/audit/export?format=pdf', { token: user.access }))).toEqual([
        400,
        'core.validation_failed',
      ]);
    });

    it('goes past one read of the store', async () => {
      const app = current();
      const user = await signUpAndLogIn(app);
      await app.sql(
        `INSERT INTO castellan.audit_logs (id, action, actor_id, actor_type, details, request_id, retention, personal_commitment, created_at)
         SELECT ('018f0000-' || lpad(to_hex(i), 4, '0') || '-7000-8000-000000000000')::uuid, 'user.profile.change', $1, 'user', 'x', gen_random_uuid(), 'user', '', now()
         FROM generate_series(1, 1201) AS i`,
        [user.id],
      );
      const { text } = await app.api.get('/me/audit/export?format=ndjson&action=user.profile.change', {
        token: user.access,
      });
      const ids = text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id);
      expect(new Set(ids).size).toBe(1201);
      await app.sql('ALTER TABLE castellan.audit_logs DISABLE TRIGGER USER');
      await app.sql(`DELETE FROM castellan.audit_logs WHERE id < '018f1000-0000-7000-8000-000000000000'`);
      await app.sql('ALTER TABLE castellan.audit_logs ENABLE TRIGGER USER');
    });
  });

  describe('the log', () => {
    it('is changed by no route', async () => {
      const app = current();
      const admin = await superAdmin(app);
      const [id] = idsOf(await app.api.get('/admin/audit', { token: admin.access }));
      for (const path of ['/admin/audit', `/admin/audit/${id}`, '/me/audit', `/me/audit/${id}`])
        for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
          expect([404, 405]).toContain(
            (await app.api.send(method, path, {}, { token: admin.access })).status,
          );
    });

    it('is changed by no statement of the application', async () => {
      const app = current();
      await signUp(app);
      const refused = 'the audit log is append-only';
      for (const sql of [
        `UPDATE castellan.audit_logs SET action = 'x'`,
        `UPDATE castellan.audit_logs SET ip_address = '198.51.100.1'`,
        `UPDATE castellan.audit_logs SET created_at = now()`,
        'DELETE FROM castellan.audit_logs',
        'TRUNCATE castellan.audit_logs',
      ])
        await expect(app.sql(sql)).rejects.toThrow(refused);
    });

    it('keeps what an account did when it is erased, and forgets from where', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      await app.app.get(AccountRemovalService, { strict: false }).hardDelete(account.id, SYSTEM_CLIENT);
      const records = await recordsOf(app, account.id);
      expect(records.map(({ action }) => action)).toEqual([
        'user.register',
        'auth.login',
        'session.revoke',
        'admin.user.delete',
      ]);
      for (const record of records.slice(0, 2))
        expect(record).toMatchObject({ ip_address: null, user_agent: null, personal_salt: null });
    });
  });
});
