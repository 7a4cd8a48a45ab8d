import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Schemas } from '../src/client/index.js';
import {
  type Account,
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
  type Tokens,
} from './support/accounts.js';
import { clientOf } from './support/client.js';
import { describeMatrix, MATRIX } from './support/matrix.js';

const NEW_PASSWORD = 'another gate with 9 bolts';

describeMatrix('The journey of an account', MATRIX, (current) => {
  it('signs up, and proves the address by the link that was mailed, with the typed client', async () => {
    const app = current();
    let session: Schemas['TokenResponse'] | undefined;
    const client = clientOf(app, () => session?.access_token);
    const [email, username] = [freshEmail(), freshName('u')];
    const signedUp = await client.POST('/signup', {
      body: { email, username, password: PASSWORD, name: 'Ada Lovelace' },
    });
    expect([signedUp.response.status, signedUp.error]).toEqual([201, undefined]);
    await app.drainOutbox();
    const confirmed = await client.POST('/email/verify/confirm', {
      body: { token: app.mailbox.lastToken(email) },
    });
    expect(confirmed.data).toEqual({ status: 'verified' });
    const refused = await client.POST('/login', { body: { email, password: 'not the right one' } });
    expect([refused.data, refused.error?.code]).toEqual([undefined, 'core.invalid_credentials']);
    expect((await client.GET('/me')).error?.status).toBe(401);
    const answer = await client.POST('/login', { body: { email, password: PASSWORD } });
    if (answer.data?.status === 'authenticated') session = answer.data;
    const me = await client.GET('/me');
    expect(me.data).toMatchObject({
      id: session?.user.id,
      email,
      email_verified: true,
      username,
      name: 'Ada Lovelace',
      phone_number: null,
      is_super_admin: false,
      has_password: true,
    });
    expect(JSON.stringify(me.data)).not.toMatch(/password_hash|\$2b\$|\$bcrypt/);
    const ended = await client.DELETE('/sessions/{id}', {
      params: { path: { id: session?.session_id ?? '' } },
    });
    expect(ended.response.status).toBe(204);
    expect((await client.GET('/me')).response.status).toBe(401);
  });

  it('proves the address by the code that was mailed, once', async () => {
    const app = current();
    const { email } = await signUp(app);
    await app.drainOutbox();
    const body = { email, code: app.mailbox.lastCode(email) };
    expect((await app.api.post('/email/verify/confirm', body)).status).toBe(200);
    expect(refusal(await app.api.post('/email/verify/confirm', body))).toEqual([400, 'core.invalid_code']);
  });

  it('sends another message when it is asked to, and that voids the first', async () => {
    const app = current();
    const { email } = await signUp(app);
    await app.drainOutbox();
    const first = app.mailbox.lastToken(email);
    expect((await app.api.post('/email/verify/request', { email })).status).toBe(202);
    await app.drainOutbox();
    const second = app.mailbox.lastToken(email);
    expect(second).not.toBe(first);
    expect(refusal(await app.api.post('/email/verify/confirm', { token: first }))).toEqual([
      400,
      'core.invalid_code',
    ]);
    expect((await app.api.post('/email/verify/confirm', { token: second })).status).toBe(200);
  });

  it('does not consume a link by looking at its page', async () => {
    const app = current();
    const { email } = await signUp(app);
    await app.drainOutbox();
    const link = new URL(app.mailbox.lastLink(email));
    const page = await app.root.get(`${link.pathname}${link.search}`);
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(
      (await app.api.post('/email/verify/confirm', { token: app.mailbox.lastToken(email) })).status,
    ).toBe(200);
  });

  it('logs in by email, username and phone, named or not, in any case', async () => {
    const app = current();
    const phone = freshPhone();
    const { email, username, id } = await signUp(app, { phone_number: phone });
    const ways = [
      { email },
      { email: email.toUpperCase() },
      { username },
      { username: username.toUpperCase() },
      { phone_number: phone },
      { identifier: email },
      { identifier: username },
      { identifier: phone },
    ];
    for (const way of ways) {
      const answer = await app.api.post('/login', { ...way, password: PASSWORD });
      expect([way, answer.status]).toEqual([way, 200]);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(answer.body).toMatchObject({
        status: 'authenticated',
        token_type: 'Bearer',
        expires_in: 900,
        refresh_expires_in: 604_800,
        user: { id },
      });
    }
    for (const way of ways.slice(0, 5)) {
      expect(refusal(await app.api.post('/login', { ...way, password: `${PASSWORD} ` }))).toEqual([
        401,
        'core.invalid_credentials',
      ]);
      expect((await app.api.post('/login', { ...way, password: PASSWORD })).status).toBe(200);
    }
  });

  it('makes accounts without an email address', async () => {
    const app = current();
    const username = freshName('only');
    expect((await app.api.post('/signup', { username, password: PASSWORD })).body.user).toMatchObject({
      username,
      email: null,
      phone_number: null,
    });
    const phone = freshPhone();
    const byPhone = await app.api.post('/signup', { phone_number: phone, password: PASSWORD });
    expect([byPhone.status, byPhone.body.user.email]).toEqual([201, null]);
    expect((await app.api.post('/login', { phone_number: phone, password: PASSWORD })).status).toBe(200);
    await app.drainOutbox();
    const proven = await app.api.post('/phone/verify/confirm', {
      phone_number: phone,
      code: app.mailbox.lastCode(phone),
    });
    expect([proven.status, proven.body]).toEqual([200, { status: 'verified' }]);
    expect(refusal(await app.api.post('/signup', { password: PASSWORD }))).toEqual([
      400,
      'core.identifier_required',
    ]);
  });

  it('refuses a taken address, number and name with a code of its own', async () => {
    const app = current();
    const phone = freshPhone();
    const taken = await signUp(app, { phone_number: phone });
    const attempt = async (fields: object) =>
      refusal(await app.api.post('/signup', { email: freshEmail(), password: PASSWORD, ...fields }));
    expect(await attempt({ email: taken.email.toUpperCase() })).toEqual([409, 'core.email_taken']);
    expect(await attempt({ username: taken.username.toUpperCase() })).toEqual([409, 'core.username_taken']);
    expect(await attempt({ phone_number: phone })).toEqual([409, 'core.phone_number_taken']);
  });

  it('answers whether a username is free, and nothing about addresses', async () => {
    const app = current();
    const { username, email } = await signUp(app);
    expect((await app.api.get(`/availability?username=${username.toUpperCase()}`)).body).toEqual({
      available: false,
    });
    expect((await app.api.get(`/availability?username=${freshName()}`)).body).toEqual({ available: true });
    expect((await app.api.get(`/availability?email=${email}`)).status).toBe(400);
  });

  it('changes the profile, and only what was named', async () => {
    const app = current();
    const { access, id } = await signUpAndLogIn(app, { name: 'Ada' });
    const changed = await app.api.patch(
      '/me',
      { biography: 'Writes programs.', first_name: 'Ada' },
      { token: access },
    );
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { id, name: 'Ada', biography: 'Writes programs.', first_name: 'Ada' },
    ]);
    const cleared = await app.api.patch('/me', { biography: null }, { token: access });
    expect(cleared.body).toMatchObject({ name: 'Ada', biography: null });
    expect((await app.api.get('/me', { token: access })).body).toEqual(cleared.body);
  });

  describe('with two sessions', () => {
    let account: Account;
    let one: Tokens;
    let two: Tokens;

    beforeEach(async () => {
      const app = current();
      account = await signUp(app);
      one = await logIn(app, account, { device_name: 'laptop' });
      two = await logIn(app, account, { device_name: 'phone' });
    });

    it('lists them, and marks the one that asks; a refresh makes no third', async () => {
      const app = current();
      const refreshed = await refresh(app, one.refresh);
      expect([refreshed.status, refreshed.body.session_id]).toEqual([200, one.sessionId]);
      const list = await app.api.get('/sessions?sort_dir=asc', { token: refreshed.body.access_token });
      expect(list.body).toMatchObject({
        total: 2,
        offset: 0,
        limit: 20,
        sort_field: 'created_at',
        sort_dir: 'asc',
      });
      expect(list.body.data.map((entry) => [entry.id, entry.device, entry.current])).toEqual([
        [one.sessionId, 'laptop', true],
        [two.sessionId, 'phone', false],
      ]);
    });

    it('ends one, which is then over in every way, and leaves the other', async () => {
      const app = current();
      expect(
        (await app.api.delete(`/sessions/${two.sessionId}`, undefined, { token: one.access })).status,
      ).toBe(204);
      expect(await meStatus(app, two.access)).toBe(401);
      expect((await refresh(app, two.refresh)).status).toBe(401);
      expect(await meStatus(app, one.access)).toBe(200);
      expect((await app.api.get('/sessions', { token: one.access })).body.data).toHaveLength(1);
    });

    it('ends all but the one that asks', async () => {
      const app = current();
      expect((await app.api.delete('/sessions', undefined, { token: two.access })).status).toBe(204);
      expect([await meStatus(app, one.access), await meStatus(app, two.access)]).toEqual([401, 200]);
    });

    it('knows no session of somebody else', async () => {
      const app = current();
      const stranger = await signUpAndLogIn(app);
      const theirs = await app.api.delete(`/sessions/${one.sessionId}`, undefined, {
        token: stranger.access,
      });
      const nobodys = await app.api.delete('/sessions/01890a5d-ac96-774b-bcce-b302099a8057', undefined, {
        token: stranger.access,
      });
      expect(refusal(theirs)).toEqual([404, 'core.session_not_found']);
      expect({ ...theirs.body, instance: '' }).toEqual({ ...nobodys.body, instance: '' });
      expect(await meStatus(app, one.access)).toBe(200);
    });

    it('changes the password: this session goes on, the others end, and mail says so', async () => {
      const app = current();
      const change = (current_password: string | undefined, new_password: string) =>
        app.api.post('/me/password', { current_password, new_password }, { token: one.access });
      expect(refusal(await change(undefined, NEW_PASSWORD))).toEqual([400, 'core.current_password_required']);
      expect(refusal(await change('not the right one', NEW_PASSWORD))).toEqual([
        401,
        'core.invalid_credentials',
      ]);
      expect((await change(PASSWORD, NEW_PASSWORD)).status).toBe(204);
      expect([await meStatus(app, one.access), await meStatus(app, two.access)]).toEqual([200, 401]);
      expect((await refresh(app, two.refresh)).status).toBe(401);
      expect((await refresh(app, one.refresh)).status).toBe(200);
      expect(refusal(await app.api.post('/login', { email: account.email, password: PASSWORD }))).toEqual([
        401,
        'core.invalid_credentials',
      ]);
      await logIn(app, { ...account, password: NEW_PASSWORD });
      await app.drainOutbox();
      expect(app.mailbox.mailTo(account.email, 'password_changed')).toHaveLength(1);
    });

    it.each(['link', 'code'] as const)(
      'resets a forgotten password by the %s: every session ends',
      async (way) => {
        const app = current();
        expect((await app.api.post('/password/forgot', { email: account.email })).status).toBe(202);
        await app.drainOutbox();
        const proof =
          way === 'link'
            ? { token: app.mailbox.lastToken(account.email) }
            : { email: account.email, code: app.mailbox.lastCode(account.email) };
        expect((await app.api.post('/password/reset', { ...proof, password: 'password' })).status).toBe(400);
        expect((await app.api.post('/password/reset', { ...proof, password: NEW_PASSWORD })).status).toBe(
          204,
        );
        expect((await app.api.post('/password/reset', { ...proof, password: NEW_PASSWORD })).status).toBe(
          400,
        );
        expect([await meStatus(app, one.access), await meStatus(app, two.access)]).toEqual([401, 401]);
        expect((await refresh(app, one.refresh)).status).toBe(401);
        await logIn(app, { ...account, password: NEW_PASSWORD });
      },
    );

    it('deletes the account: nothing of it works, and who comes next under its address inherits nothing', async () => {
      const app = current();
      expect((await app.api.delete('/me', { password: PASSWORD }, { token: one.access })).status).toBe(204);
      expect([await meStatus(app, one.access), await meStatus(app, two.access)]).toEqual([401, 401]);
      expect((await refresh(app, two.refresh)).status).toBe(401);
      expect((await app.api.post('/login', { email: account.email, password: PASSWORD })).status).toBe(401);
      const next = await signUp(app, {
        email: account.email,
        username: account.username,
        password: NEW_PASSWORD,
      });
      expect(next.id).not.toBe(account.id);
      expect([await meStatus(app, one.access), await meStatus(app, two.access)]).toEqual([401, 401]);
      const session = await logIn(app, next);
      expect((await app.api.get('/sessions', { token: session.access })).body.data).toHaveLength(1);
    });
  });

  it('changes the email address once the new one is proven, and tells the old one', async () => {
    const app = current();
    const account = await signUpAndLogIn(app);
    const next = freshEmail('next');
    expect(
      (await app.api.post('/me/email', { email: next, password: PASSWORD }, { token: account.access }))
        .status,
    ).toBe(202);
    await app.drainOutbox();
    expect((await app.api.get('/me', { token: account.access })).body).toMatchObject({
      email: account.email,
      pending_email: next,
    });
    const confirmed = await app.api.post('/me/email/confirm', { token: app.mailbox.lastToken(next) });
    expect([confirmed.status, confirmed.body]).toEqual([200, { email: next }]);
    await app.drainOutbox();
    expect(app.mailbox.mailTo(account.email, 'email_changed')).toHaveLength(1);
    expect((await app.api.post('/login', { email: account.email, password: PASSWORD })).status).toBe(401);
    const { access } = await logIn(app, { email: next, password: PASSWORD });
    expect((await app.api.get('/me', { token: access })).body).toMatchObject({
      email: next,
      email_verified: true,
      pending_email: null,
    });
  });

  it('changes the phone number by a code', async () => {
    const app = current();
    const account = await signUpAndLogIn(app, { phone_number: freshPhone() });
    const next = freshPhone();
    expect((await app.api.post('/me/phone', { phone_number: next }, { token: account.access })).status).toBe(
      202,
    );
    await app.drainOutbox();
    const code = app.mailbox.lastCode(next);
    const wrong = code === '000000' ? '000001' : '000000';
    expect(
      refusal(await app.api.post('/me/phone/confirm', { code: wrong }, { token: account.access })),
    ).toEqual([400, 'core.invalid_code']);
    const confirmed = await app.api.post('/me/phone/confirm', { code }, { token: account.access });
    expect([confirmed.status, confirmed.body]).toMatchObject([
      200,
      { phone_number: next, phone_number_verified: true },
    ]);
  });
});

describeMatrix(
  'Sign-up where the address has to be proven',
  MATRIX,
  (current) => {
    const begin = async (fields: object = {}) => {
      const app = current();
      const email = freshEmail();
      const answer = await app.api.post('/signup', { email, password: PASSWORD, ...fields });
      expect([answer.status, answer.body]).toEqual([
        202,
        { status: 'verification_required', registration_id: expect.any(String), expires_in: 86_400 },
      ]);
      await app.drainOutbox();
      return { email, registration_id: answer.body.registration_id };
    };

    it('makes the account when link and password come together', async () => {
      const app = current();
      const { email } = await begin({ name: 'Ada' });
      expect((await app.api.post('/login', { email, password: PASSWORD })).status).toBe(401);
      const token = app.mailbox.lastToken(email);
      expect((await app.api.post('/email/verify/confirm', { token })).status).toBe(400);
      expect(
        refusal(await app.api.post('/email/verify/confirm', { token, password: 'not the right one' })),
      ).toEqual([401, 'core.invalid_credentials']);
      const confirmed = await app.api.post('/email/verify/confirm', { token, password: PASSWORD });
      expect([confirmed.status, confirmed.body]).toMatchObject([
        200,
        { status: 'registered', user: { email, email_verified: true, name: 'Ada' } },
      ]);
      expect((await app.api.post('/email/verify/confirm', { token, password: PASSWORD })).status).toBe(400);
      await logIn(app, { email, password: PASSWORD });
    });

    it('makes the account when id, code and password come together', async () => {
      const app = current();
      const { email, registration_id } = await begin();
      const body = { registration_id, code: app.mailbox.lastCode(email), password: PASSWORD };
      expect((await app.api.post('/email/verify/confirm', body)).body).toMatchObject({
        status: 'registered',
        user: { email },
      });
    });

    it('keeps sign-ups of one address apart: the first to prove it gets it, with the password of that sign-up', async () => {
      const app = current();
      const { email, registration_id } = await begin({ password: 'chosen by an attacker' });
      await app.api.post('/signup', { email, password: PASSWORD });
      await app.drainOutbox();
      const token = app.mailbox.lastToken(email);
      expect(
        refusal(await app.api.post('/email/verify/confirm', { token, password: 'chosen by an attacker' })),
      ).toEqual([401, 'core.invalid_credentials']);
      expect((await app.api.post('/email/verify/confirm', { token, password: PASSWORD })).status).toBe(200);
      expect((await app.api.post('/login', { email, password: 'chosen by an attacker' })).status).toBe(401);
      const code = app.mailbox.lastCode(email);
      const late = await app.api.post('/email/verify/confirm', {
        registration_id,
        code,
        password: 'chosen by an attacker',
      });
      expect(late.status).toBe(400);
      await logIn(app, { email, password: PASSWORD });
    });

    it('lets another username be named where somebody has taken it meanwhile', async () => {
      const app = current();
      const username = freshName('wanted');
      const first = await begin({ username });
      const second = await begin({ username });
      const confirm = (email: string, more: object = {}) =>
        app.api.post('/email/verify/confirm', {
          token: app.mailbox.lastToken(email),
          password: PASSWORD,
          ...more,
        });
      expect((await confirm(first.email)).status).toBe(200);
      expect(refusal(await confirm(second.email))).toEqual([409, 'core.username_taken']);
      const other = freshName('other');
      expect((await confirm(second.email, { username: other })).body.user).toMatchObject({ username: other });
    });

    it('answers alike for a taken address, which gets a mail that says so', async () => {
      const app = current();
      const { email } = await begin();
      await app.api.post('/email/verify/confirm', {
        token: app.mailbox.lastToken(email),
        password: PASSWORD,
      });
      const again = await app.api.post('/signup', { email, password: NEW_PASSWORD });
      const free = await app.api.post('/signup', { email: freshEmail(), password: NEW_PASSWORD });
      expect([again.status, Object.keys(again.body)]).toEqual([free.status, Object.keys(free.body)]);
      await app.drainOutbox();
      expect(app.mailbox.mailTo(email, 'registration_address_taken')).toHaveLength(1);
    });
  },
  { env: { EMAIL_VERIFICATION: 'required' } },
);
