import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  freshEmail,
  freshName,
  logIn,
  PASSWORD,
  refusal,
  refresh,
  signUp,
  signUpAndLogIn,
  type Tokens,
  tokensOf,
} from './support/accounts.js';
import { inviteToPlatform, prove, statusOf, tokenTo } from './support/invitations.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { expectProblem } from './support/problems.js';
import { holderOf, superAdmin } from './support/roles.js';

describeMatrix('Invitations to the platform', MATRIX, (current) => {
  let admin: Tokens & { readonly id: string };

  beforeAll(async () => {
    admin = await superAdmin(current());
  }, 60_000);

  const show = (token: string) =>
    current().api.get('/invitations/link', { headers: { 'Invitation-Token': token } });
  const signUpBy = (token: string, fields: object = {}) =>
    current().api.post('/invitations/sign-up', { token, password: PASSWORD, ...fields });

  describe('inviting', () => {
    it('needs the permission', async () => {
      const app = current();
      const nobody = await signUpAndLogIn(app);
      const { id } = await inviteToPlatform(app, admin);
      const body = { email: freshEmail() };
      for (const answer of [
        await app.api.post('/invitations', body, { token: nobody.access }),
        await app.api.get('/invitations', { token: nobody.access }),
        await app.api.get(`/invitations/${id}`, { token: nobody.access }),
        await app.api.post(`/invitations/${id}/resend`, undefined, { token: nobody.access }),
        await app.api.delete(`/invitations/${id}`, undefined, { token: nobody.access }),
      ])
        expectProblem(answer, 403, 'rbac.permission_required');
      const inviter = await holderOf(app, 'invitations:create');
      expect((await app.api.post('/invitations', body, { token: inviter.access })).status).toBe(201);
    });

    it('answers the invitation without its secret, and mails the link', async () => {
      const app = current();
      const email = freshEmail('Ada.');
      const answer = await app.api.post(
        '/invitations',
        { email: ` ${email} `, metadata: { plan: 'pro' } },
        { token: admin.access },
      );
      expect(answer.body).toEqual({
        id: expect.any(String),
        organization_id: null,
        role: null,
        purpose: 'platform',
        email,
        user_id: null,
        inviter_id: admin.id,
        status: 'pending',
        metadata: { plan: 'pro' },
        expires_at: expect.any(String),
        sent_at: expect.any(String),
        created_at: expect.any(String),
        accepted_by: null,
        acted_at: null,
      });
      const week = Date.parse(String(answer.body['expires_at'])) - Date.parse(String(answer.body['sent_at']));
      expect(week).toBe(7 * 24 * 60 * 60_000);
      const token = await tokenTo(app, email);
      const [mail] = app.mailbox.mailTo(email, 'invitation');
      expect(mail?.subject).toBe('You are invited to Castellan');
      expect(mail?.text).toContain('/pages/invitation#token=');
      expect(mail?.text).toContain('/pages/decline-invitation#token=');
      const stored = await app.sql('SELECT token FROM castellan.tokens WHERE token = $1', [token]);
      expect(stored).toEqual([]);
    });

    it('has one pending invitation for an address, however it is written', async () => {
      const app = current();
      const { email } = await inviteToPlatform(app, admin);
      const again = await app.api.post(
        '/invitations',
        { email: email.toUpperCase() },
        { token: admin.access },
      );
      expect(refusal(again)).toEqual([409, 'invitation.already_invited']);
    });

    it.each<[object, string]>([
      [{}, 'invitation.invitee_required'],
      [
        { email: 'a@example.com', user_id: '01890a5d-ac96-774b-bcce-b302099a8057' },
        'invitation.invitee_required',
      ],
      [{ email: 'nonsense' }, 'core.invalid_email'],
      [{ email: 'a@example.com', purpose: 'mischief' }, 'invitation.purpose_not_allowed'],
      [{ email: 'a@example.com', purpose: 'organization' }, 'invitation.purpose_not_allowed'],
      [{ email: 'a@example.com', metadata: { long: 'x'.repeat(4096) } }, 'invitation.metadata_too_large'],
      [{ email: 'a@example.com', metadata: [] }, 'core.validation_failed'],
      [{ email: 'a@example.com', role: 'owner' }, 'core.validation_failed'],
    ])('refuses %j', async (body, code) => {
      expectProblem(await current().api.post('/invitations', body, { token: admin.access }), 400, code);
    });

    it('answers alike for an address that has an account and one that has none', async () => {
      const app = current();
      const known = await signUp(app);
      const shapes = [];
      for (const email of [known.email, freshEmail()]) {
        const { status, body } = await app.api.post('/invitations', { email }, { token: admin.access });
        shapes.push([status, Object.keys(body), body['status']]);
      }
      expect(shapes[0]).toEqual(shapes[1]);
    });
  });

  describe('listing', () => {
    it('filters, sorts and pages', async () => {
      const app = current();
      const inviter = await holderOf(app, 'invitations:create', 'invitations:read');
      const made = [];
      for (let index = 0; index < 3; index += 1) made.push(await inviteToPlatform(app, inviter));
      const [first, second, third] = made.map(({ id }) => id);
      const list = (query: string) => app.api.get(`/invitations?${query}`, { token: inviter.access });
      const ids = async (query: string) => (await list(query)).body.data.map(({ id }) => id);
      const mine = `inviter_id=${inviter.id}`;
      expect(await ids(mine)).toEqual([third, second, first]);
      expect(await ids(`${mine}&sort_field=expires_at&sort_dir=asc`)).toEqual([first, second, third]);
      expect(await ids(`${mine}&email=${encodeURIComponent(made[1]?.email.toUpperCase() ?? '')}`)).toEqual([
        second,
      ]);
      await app.api.delete(`/invitations/${first}`, undefined, { token: admin.access });
      expect(await ids(`${mine}&status=revoked`)).toEqual([first]);
      expect(await ids(`${mine}&status=pending`)).toEqual([third, second]);
      expect(await ids(`${mine}&purpose=other`)).toEqual([]);
      const page = await list(`${mine}&limit=2`);
      expect(page.body).toMatchObject({ total: 3, limit: 2, offset: 0, sort_field: 'created_at' });
      expect(await ids(`${mine}&limit=2&cursor=${String(page.body['next_cursor'])}`)).toEqual([first]);
      expectProblem(await list('status=nonsense'), 400, 'core.validation_failed');
      expectProblem(await list('email=nonsense'), 400, 'core.invalid_email');
      const sent = await app.api.get('/me/invitations/sent', { token: inviter.access });
      expect(sent.body.data.map(({ id }) => id)).toEqual([third, second, first]);
      expect((await app.api.get(`/invitations/${second}`, { token: inviter.access })).body.id).toBe(second);
      for (const id of ['01890a5d-ac96-774b-bcce-b302099a8057', 'nonsense'])
        expectProblem(
          await app.api.get(`/invitations/${id}`, { token: inviter.access }),
          404,
          'invitation.not_found',
        );
    });
  });

  describe('a new account', () => {
    it('is shown what it is about, and makes itself in one step', async () => {
      const app = current();
      const { id, email, token } = await inviteToPlatform(app, admin, { metadata: { secret: 'plan' } });
      for (let index = 0; index < 2; index += 1) {
        const shown = await show(token);
        expect([shown.status, shown.headers.get('cache-control')]).toEqual([200, 'no-store']);
        expect(shown.body).toMatchObject({ id, email, purpose: 'platform', has_account: false });
        expect(shown.text).not.toContain('plan');
      }
      const answer = await signUpBy(token, { name: 'Ada', username: freshName('u'), device_name: 'Laptop' });
      expect([answer.status, answer.body['status'], answer.body.user.email]).toEqual([
        200,
        'authenticated',
        email,
      ]);
      expect(answer.body.user['email_verified']).toBe(true);
      const tokens = tokensOf(answer);
      expect((await app.api.get('/me', { token: tokens.access })).status).toBe(200);
      expect((await refresh(app, tokens.refresh)).status).toBe(200);
      expect((await logIn(app, { email, password: PASSWORD })).access).toBeDefined();
      const got = await app.api.get(`/invitations/${id}`, { token: admin.access });
      expect(got.body).toMatchObject({ status: 'accepted', accepted_by: answer.body.user.id });
      expect(got.body['acted_at']).not.toBeNull();
      for (const again of [await signUpBy(token), await show(token)])
        expectProblem(again, 400, 'core.invalid_code');
    });

    it('has to choose a password that is good enough, and a username that is free', async () => {
      const app = current();
      const taken = await signUp(app);
      const { id, email, token } = await inviteToPlatform(app, admin);
      expectProblem(await signUpBy(token, { password: 'password1' }), 400, 'core.password_common');
      expectProblem(await signUpBy(token, { password: email }), 400, 'core.password_matches_identity');
      expectProblem(await signUpBy(token, { password: undefined }), 400, 'core.validation_failed');
      expectProblem(await signUpBy(token, { username: 'admin' }), 400, 'core.username_reserved');
      expectProblem(await signUpBy(token, { username: taken.username }), 409, 'core.username_taken');
      expect(await statusOf(app, id)).toBe('pending');
      expect((await signUpBy(token)).status).toBe(200);
    });

    it('is refused where the address has a proven account', async () => {
      const app = current();
      const account = await signUp(app);
      await prove(app, account.id);
      const { id, token } = await inviteToPlatform(app, admin, { email: account.email });
      expect((await show(token)).body['has_account']).toBe(true);
      expectProblem(await signUpBy(token), 409, 'invitation.sign_in_required');
      expect(await statusOf(app, id)).toBe('pending');
    });

    it('takes the address over from whoever registered with it and never proved it', async () => {
      const app = current();
      const hijacker = await signUpAndLogIn(app);
      const { token } = await inviteToPlatform(app, admin, { email: hijacker.email });
      const answer = await signUpBy(token, { password: 'another gatehouse of 8 towers' });
      expect([answer.status, answer.body.user.id]).toEqual([200, hijacker.id]);
      expect((await app.api.post('/login', { email: hijacker.email, password: PASSWORD })).status).toBe(401);
      expect((await refresh(app, hijacker.refresh)).status).toBe(401);
    });

    it('accepts on the page of the link, without tokens in the answer', async () => {
      const app = current();
      const { id, token } = await inviteToPlatform(app, admin);
      const open = (fields: object) => app.api.post('/invitations/open', { token, ...fields });
      expectProblem(await open({}), 400, 'invitation.password_required');
      const answer = await open({ password: PASSWORD });
      expect([answer.status, answer.body]).toEqual([200, { status: 'registered' }]);
      expect(await statusOf(app, id)).toBe('accepted');
      expect((await app.root.get(`${app.basePath}/pages/invitation`)).text).toContain('You are invited');
      expect((await app.root.get(`${app.basePath}/pages/decline-invitation`)).status).toBe(200);
    });
  });

  describe('an account that is there', () => {
    it('accepts by the link, which proves its address', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const { id, token } = await inviteToPlatform(app, admin, { email: account.email.toUpperCase() });
      const answer = await app.api.post('/invitations/accept', { token }, { token: account.access });
      expect([answer.status, answer.body['status'], answer.body.id]).toEqual([200, 'accepted', id]);
      const me = await app.api.get('/me', { token: account.access });
      expect(me.body['email_verified']).toBe(true);
    });

    it('finds it in its list once its address is proven, and accepts there', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const { id } = await inviteToPlatform(app, admin, { email: account.email });
      const mine = async () =>
        (await app.api.get('/me/invitations?status=pending', { token: account.access })).body.data;
      const accept = () => app.api.post(`/invitations/${id}/accept`, undefined, { token: account.access });
      expect(await mine()).toEqual([]);
      expectProblem(await accept(), 404, 'invitation.not_found');
      await prove(app, account.id);
      expect(await mine()).toEqual([expect.objectContaining({ id, organization: null, role: null })]);
      expect((await accept()).status).toBe(200);
      expectProblem(await accept(), 409, 'invitation.not_pending');
      expect(await mine()).toEqual([]);
    });

    it('cannot accept, nor see, what is for somebody else', async () => {
      const app = current();
      const other = await signUpAndLogIn(app);
      await prove(app, other.id);
      const { id, token } = await inviteToPlatform(app, admin);
      const options = { token: other.access };
      expectProblem(
        await app.api.post('/invitations/accept', { token }, options),
        403,
        'invitation.other_account',
      );
      for (const verb of ['accept', 'decline'])
        expectProblem(
          await app.api.post(`/invitations/${id}/${verb}`, undefined, options),
          404,
          'invitation.not_found',
        );
      expectProblem(
        await app.api.post('/invitations/open', { token, password: PASSWORD }, options),
        403,
        'invitation.other_account',
      );
      expect(await statusOf(app, id)).toBe('pending');
      expectProblem(
        await app.api.post('/invitations/accept', { token: id }, options),
        400,
        'core.invalid_code',
      );
    });

    it('is invited by its id', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      const invite = (fields: object) => app.api.post('/invitations', fields, { token: admin.access });
      const { status, body } = await invite({ user_id: account.id });
      expect([status, body.email, body['user_id']]).toEqual([201, null, account.id]);
      expect(refusal(await invite({ user_id: account.id }))).toEqual([409, 'invitation.already_invited']);
      expect(refusal(await invite({ user_id: '01890a5d-ac96-774b-bcce-b302099a8057' }))).toEqual([
        404,
        'core.user_not_found',
      ]);
      const other = await signUpAndLogIn(app);
      const accept = (who: Tokens) =>
        app.api.post(`/invitations/${body.id}/accept`, undefined, { token: who.access });
      expectProblem(await accept(other), 404, 'invitation.not_found');
      expect((await accept(account)).status).toBe(200);
      expect(app.mailbox.mailTo(account.email, 'invitation')).toEqual([]);
    });

    it('declines, by the link or by its list', async () => {
      const app = current();
      const account = await signUpAndLogIn(app);
      await prove(app, account.id);
      const one = await inviteToPlatform(app, admin, { email: account.email });
      const decline = () =>
        app.api.post(`/invitations/${one.id}/decline`, undefined, { token: account.access });
      expect((await decline()).status).toBe(204);
      expectProblem(await decline(), 409, 'invitation.not_pending');
      const two = await inviteToPlatform(app, admin, { email: account.email });
      const byLink = () => app.api.post('/invitations/decline', { token: two.token });
      expect((await byLink()).status).toBe(204);
      expectProblem(await byLink(), 400, 'core.invalid_code');
      expect([await statusOf(app, one.id), await statusOf(app, two.id)]).toEqual(['declined', 'declined']);
      expectProblem(
        await app.api.post('/invitations/accept', { token: two.token }, { token: account.access }),
        400,
        'core.invalid_code',
      );
    });
  });

  it('is void once it is withdrawn', async () => {
    const app = current();
    const { id, token } = await inviteToPlatform(app, admin);
    const revoke = () => app.api.delete(`/invitations/${id}`, undefined, { token: admin.access });
    expect((await revoke()).status).toBe(204);
    expectProblem(await revoke(), 409, 'invitation.not_pending');
    for (const answer of [await show(token), await signUpBy(token)])
      expectProblem(answer, 400, 'core.invalid_code');
    expectProblem(
      await app.api.post(`/invitations/${id}/resend`, undefined, { token: admin.access }),
      409,
      'invitation.not_pending',
    );
  });

  it('is sent again with another link, and the link before is void', async () => {
    const app = current();
    const { id, email, token } = await inviteToPlatform(app, admin);
    const answer = await app.api.post(`/invitations/${id}/resend`, undefined, { token: admin.access });
    expect([answer.status, answer.body.id]).toEqual([200, id]);
    const again = await tokenTo(app, email);
    expect(again).not.toBe(token);
    expectProblem(await show(token), 400, 'core.invalid_code');
    expect((await signUpBy(again)).status).toBe(200);
  });

  it('is worth nothing once its inviter may not invite any more', async () => {
    const app = current();
    const inviter = await holderOf(app, 'invitations:create');
    const [one, two, three] = [
      await inviteToPlatform(app, inviter),
      await inviteToPlatform(app, inviter),
      await inviteToPlatform(app, inviter),
    ];
    expect((await signUpBy(one.token)).status).toBe(200);
    await app.sql('UPDATE castellan.users SET banned_at = now() WHERE id = $1', [inviter.id]);
    expectProblem(await signUpBy(two.token), 409, 'invitation.no_longer_valid');
    await app.sql('UPDATE castellan.users SET banned_at = NULL WHERE id = $1', [inviter.id]);
    await app.sql('DELETE FROM castellan.role_assignments WHERE user_id = $1', [inviter.id]);
    expectProblem(await signUpBy(two.token), 409, 'invitation.no_longer_valid');
    const left = await app.api.delete(
      '/me',
      { password: PASSWORD },
      { token: (await logIn(app, inviter)).access },
    );
    expect(left.status).toBe(204);
    expect([await statusOf(app, two.id), await statusOf(app, three.id)]).toEqual(['revoked', 'revoked']);
    expectProblem(await signUpBy(three.token), 400, 'core.invalid_code');
  });

  it('is no credential, and no other secret is one', async () => {
    const app = current();
    const account = await signUpAndLogIn(app);
    const { token } = await inviteToPlatform(app, admin);
    expect((await app.api.get('/me', { token })).status).toBe(401);
    expectProblem(
      await app.api.post('/password/reset', { token, password: PASSWORD }),
      400,
      'core.invalid_code',
    );
    for (const other of [account.access, account.refresh])
      expect((await signUpBy(other.slice(0, 100))).status).toBe(400);
  });
});
