import { afterEach, expect, it } from '@jest/globals';
import { freshPhone, meStatus, PASSWORD, refusal, signUpAndLogIn } from './support/accounts.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { isProtected, operationsOf } from './support/openapi.js';
import { TimeMachine } from './support/time.js';
import { appCode, challenged, enrolTotp, signUpWithTotp, verify, wrongCode } from './support/two-factor.js';

const time = new TimeMachine().install();

afterEach(() => time.reset());

describeMatrix('Two-factor', MATRIX, (current, { mode }) => {
  it('sets up an authenticator app, and shows its secret and the backup codes once', async () => {
    const app = current();
    const { access: token, email } = await signUpAndLogIn(app);
    const before = await app.api.get('/two-factor', { token });
    expect(before.body).toEqual({ policy: 'optional', enabled: false, methods: [], backup_codes_left: 0 });

    const enrolment = await app.api.post('/two-factor/totp/enrol', {}, { token });
    expect([enrolment.status, enrolment.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(enrolment.body).toEqual({
      secret: expect.stringMatching(/^[A-Z2-7]{32}$/),
      otpauth_url: expect.stringMatching(/^otpauth:\/\/totp\/Castellan:.*issuer=Castellan/),
      qr_code: expect.stringMatching(/^data:image\/png;base64,iVBORw0KGgo/),
      expires_in: 600,
    });
    const secret = String(enrolment.body['secret']);
    expect((await app.api.get('/two-factor', { token })).body).toEqual(before.body);
    const wrong = { code: wrongCode(secret) };
    expect(refusal(await app.api.post('/two-factor/totp/confirm', wrong, { token }))).toEqual([
      400,
      'two_factor.invalid_code',
    ]);
    const confirmed = await app.api.post('/two-factor/totp/confirm', { code: appCode(secret) }, { token });
    expect(confirmed.body).toMatchObject({ method: 'totp', enabled: true });
    expect(new Set(confirmed.body['backup_codes'] as string[]).size).toBe(10);
    expect((await app.api.get('/two-factor', { token })).body).toEqual({
      ...{ policy: 'optional', enabled: true, backup_codes_left: 10 },
      methods: [{ method: 'totp', confirmed_at: expect.any(String) }],
    });
    const rows = await app.sql<{ secret: string; code: string }>(
      'SELECT f.secret, c.code FROM castellan.two_factors f JOIN castellan.backup_codes c USING (user_id) JOIN castellan.users u ON u.id = f.user_id WHERE u.email = $1',
      [email],
    );
    expect(rows).toHaveLength(10);
    for (const row of rows) {
      expect(row.secret).toMatch(/^v1\./);
      expect(row.code).toMatch(/^\$bcrypt-sha256\$/);
    }
    await app.drainOutbox();
    expect(app.mailbox.mailTo(email, 'two_factor_enabled')).toHaveLength(1);
  });

  it('completes a sign-in with a code, and takes no code twice', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const { token, methods, enrol } = await challenged(app, account);
    expect([methods, enrol]).toEqual([['totp', 'backup_code'], undefined]);
    const code = appCode(account.secret);
    expect(refusal(await verify(app, token, 'totp', wrongCode(account.secret)))).toEqual([
      400,
      'two_factor.invalid_code',
    ]);
    const answer = await verify(app, token, 'totp', code);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(answer.body).toMatchObject({ status: 'authenticated', user: { id: account.id } });
    expect(answer.body).not.toHaveProperty('device_token');
    expect(await meStatus(app, answer.body.access_token)).toBe(200);
    // The challenge is used, and so is the code.
    expect(refusal(await verify(app, token, 'totp', appCode(account.secret, 1)))).toEqual([
      401,
      'core.challenge_invalid',
    ]);
    const again = await challenged(app, account);
    expect((await verify(app, again.token, 'totp', code)).status).toBe(400);
    expect((await verify(app, again.token, 'totp', appCode(account.secret, 1))).status).toBe(200);
  });

  it('opens nothing but the challenge to whoever has passed the first factor alone', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const login = await app.api.post('/login', { email: account.email, password: PASSWORD });
    expect(login.headers.getSetCookie()).toEqual([]);
    expect(Object.keys(login.body).sort()).toEqual([
      ...['challenge_token', 'challenges', 'expires_in', 'status'],
    ]);
    const token = String(login.body['challenge_token']);
    const operations = operationsOf(app.openApi).filter(
      (operation) => isProtected(operation) && !operation.operationId?.startsWith('core_confirmEmailChange'),
    );
    expect(operations.length).toBeGreaterThan(20);
    for (const { method, path } of operations) {
      const concrete = path.replace(/\{[^}]+\}/g, account.id);
      const answer = await app.root.send(method, concrete, method === 'GET' ? undefined : {}, { token });
      expect([method, path, answer.status]).toEqual([method, path, 401]);
    }
    expect((await app.api.post('/refresh', { refresh_token: token })).status).toBe(401);
    expect(
      refusal(await app.api.post('/two-factor/challenge/totp/enrol', { challenge_token: token })),
    ).toEqual([403, 'two_factor.enrolment_not_open']);
  });

  it('lets a backup code in once, and says how many are left', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const [first = '', second = ''] = account.backupCodes;
    const used = await verify(app, (await challenged(app, account)).token, 'backup_code', first);
    expect(used.status).toBe(200);
    const { token } = await challenged(app, account);
    expect((await verify(app, token, 'backup_code', first)).status).toBe(400);
    expect((await verify(app, token, 'backup_code', second.toLowerCase().replaceAll('-', ' '))).status).toBe(
      200,
    );
    const status = await app.api.get('/two-factor', { token: account.access });
    expect(status.body['backup_codes_left']).toBe(8);
    await app.drainOutbox();
    const mails = app.mailbox.mailTo(account.email, 'backup_code_used');
    expect(mails.map(({ text }) => /(\d) left/.exec(text)?.[1])).toEqual(['9', '8']);

    const renewed = await app.api.post(
      '/two-factor/backup-codes',
      { password: PASSWORD },
      { token: account.access },
    );
    expect(renewed.body['backup_codes']).toHaveLength(10);
    const [third = ''] = account.backupCodes.slice(2);
    const next = await challenged(app, account);
    expect((await verify(app, next.token, 'backup_code', third)).status).toBe(400);
    const [fresh = ''] = renewed.body['backup_codes'] as string[];
    expect((await verify(app, next.token, 'backup_code', fresh)).status).toBe(200);
  });

  it('counts five guesses an hour over methods and challenges', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const wrong = wrongCode(account.secret);
    const guesses = [
      ['totp', wrong],
      ['backup_code', 'AAAAA-AAAAA-AAAAA-AAAAA'],
      ['totp', wrong],
      ['backup_code', account.backupCodes[0]?.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
      ['totp', wrong],
    ] as const;
    for (const [method, code = ''] of guesses) {
      const answer = await verify(app, (await challenged(app, account)).token, method, code);
      expect(refusal(answer)).toEqual([400, 'two_factor.invalid_code']);
    }
    const { token } = await challenged(app, account);
    const refused = await verify(app, token, 'totp', appCode(account.secret));
    expect(refusal(refused)).toEqual([429, 'core.too_many_attempts']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000);
    expect((await verify(app, token, 'backup_code', account.backupCodes[0] ?? '')).status).toBe(429);
    time.advance('61m');
    const later = await challenged(app, account);
    expect((await verify(app, later.token, 'totp', appCode(account.secret))).status).toBe(200);
  });

  it('ends a challenge after five minutes, and with a new password', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const [late, replaced] = [await challenged(app, account), await challenged(app, account)];
    const password = 'another gate with 9 bolts';
    const change = { current_password: PASSWORD, new_password: password };
    expect((await app.api.post('/me/password', change, { token: account.access })).status).toBe(204);
    expect((await verify(app, replaced.token, 'totp', appCode(account.secret))).status).toBe(401);
    const next = await challenged(app, { ...account, password });
    time.advance('6m');
    for (const { token } of [late, next])
      expect((await verify(app, token, 'totp', appCode(account.secret))).status).toBe(401);
  });

  it('is not got past by a reset of the password', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    await app.drainOutbox();
    const confirmed = { token: app.mailbox.lastToken(account.email) };
    expect((await app.api.post('/email/verify/confirm', confirmed)).status).toBe(200);
    await app.api.post('/password/forgot', { email: account.email });
    await app.drainOutbox();
    const password = 'another gate with 9 bolts';
    const token = app.mailbox.lastToken(account.email);
    const reset = await app.api.post('/password/reset', { token, password });
    expect([reset.status, reset.text]).toEqual([204, '']);
    const challenge = await challenged(app, { ...account, password });
    expect((await verify(app, challenge.token, 'totp', appCode(account.secret))).status).toBe(200);
  });

  it('sends codes to a number of their own, and by email', async () => {
    const app = current();
    const account = await signUpAndLogIn(app);
    const token = account.access;
    const phone = freshPhone();
    expect(refusal(await app.api.post('/two-factor/sms/enrol', { phone_number: '12' }, { token }))).toEqual([
      400,
      'core.invalid_phone_number',
    ]);
    const sent = await app.api.post('/two-factor/sms/enrol', { phone_number: phone }, { token });
    expect(sent.body).toEqual({ status: 'sent', to: `•••• ${phone.slice(-4)}`, expires_in: 600 });
    await app.drainOutbox();
    const sms = await app.api.post(
      '/two-factor/sms/confirm',
      { code: app.mailbox.lastCode(phone) },
      { token },
    );
    expect(sms.body['backup_codes']).toHaveLength(10);
    expect((await app.api.post('/two-factor/email/enrol', {}, { token })).status).toBe(200);
    await app.drainOutbox();
    const code = app.mailbox.lastCode(account.email);
    const email = await app.api.post('/two-factor/email/confirm', { code }, { token });
    expect(email.body).toEqual({ method: 'email', enabled: true, backup_codes: null });
    expect((await app.api.get('/me', { token })).body['phone_number']).toBeNull();

    for (const [method, address] of [
      ['sms', phone],
      ['email', account.email],
    ] as const) {
      const challenge = await challenged(app, account);
      expect(challenge.methods).toEqual(['sms', 'email', 'backup_code']);
      const ask = { challenge_token: challenge.token, method };
      expect((await app.api.post('/two-factor/challenge/send', ask)).body['status']).toBe('sent');
      await app.drainOutbox();
      const other = method === 'sms' ? 'email' : 'sms';
      const right = app.mailbox.lastCode(address);
      expect((await verify(app, challenge.token, other, right)).status).toBe(400);
      expect((await verify(app, challenge.token, method, right)).status).toBe(200);
      expect((await verify(app, (await challenged(app, account)).token, method, right)).status).toBe(400);
    }
    const { token: challengeToken } = await challenged(app, account);
    for (const method of ['totp', 'backup_code'])
      expect(
        refusal(
          await app.api.post('/two-factor/challenge/send', { challenge_token: challengeToken, method }),
        ),
      ).toEqual([400, 'two_factor.method_not_available']);
  });

  it('is removed with the password or a factor, and the last time with all that hangs on it', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const token = account.access;
    const disable = (body: object) => app.api.post('/two-factor/disable', body, { token });
    for (const body of [{}, { method: 'totp' }, { password: PASSWORD, method: 'totp', code: '123456' }])
      expect(refusal(await disable(body))).toEqual([400, 'two_factor.proof_required']);
    expect(refusal(await disable({ password: 'not it' }))).toEqual([401, 'core.invalid_credentials']);
    expect((await disable({ method: 'totp', code: wrongCode(account.secret) })).status).toBe(400);
    expect((await app.api.delete('/two-factor/sms', { password: PASSWORD }, { token })).status).toBe(404);
    expect((await app.api.delete('/two-factor/x', { password: PASSWORD }, { token })).status).toBe(404);
    const factor = { method: 'totp', code: appCode(account.secret) };
    expect((await app.api.delete('/two-factor/totp', factor, { token })).status).toBe(204);
    expect((await app.api.get('/two-factor', { token })).body).toMatchObject({
      ...{ enabled: false, methods: [], backup_codes_left: 0 },
    });
    const { email, password } = account;
    expect((await app.api.post('/login', { email, password })).body['status']).toBe('authenticated');
    await enrolTotp(app, token);
    expect((await disable({ password: PASSWORD })).status).toBe(204);
    expect(refusal(await disable({ password: PASSWORD }))).toEqual([404, 'two_factor.method_not_enabled']);
    await app.drainOutbox();
    expect(app.mailbox.mailTo(email, 'two_factor_disabled')).toHaveLength(2);
  });

  it('replaces an app, and the older one goes on until the new one is confirmed', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    const token = account.access;
    const enrolment = await app.api.post('/two-factor/totp/enrol', {}, { token });
    const secret = String(enrolment.body['secret']);
    const challenge = await challenged(app, account);
    expect((await verify(app, challenge.token, 'totp', appCode(account.secret))).status).toBe(200);
    const confirmed = await app.api.post('/two-factor/totp/confirm', { code: appCode(secret) }, { token });
    expect(confirmed.body['backup_codes']).toBeNull();
    const next = await challenged(app, account);
    expect((await verify(app, next.token, 'totp', appCode(account.secret, 1))).status).toBe(400);
    expect((await verify(app, next.token, 'totp', appCode(secret, 1))).status).toBe(200);
  });

  it('wants a recent proof of identity before anything is set up, and the first code soon', async () => {
    const app = current();
    const { access, email } = await signUpAndLogIn(app);
    const login = await app.api.post('/login', { email, password: PASSWORD });
    const token = login.body.access_token;
    const enrolment = await app.api.post('/two-factor/totp/enrol', {}, { token: access });
    time.advance('11m');
    expect(refusal(await app.api.post('/two-factor/totp/enrol', {}, { token }))).toEqual([
      403,
      'core.reauthentication_required',
    ]);
    const code = appCode(String(enrolment.body['secret']));
    expect((await app.api.post('/two-factor/totp/confirm', { code }, { token })).status).toBe(400);
    const body = { password: PASSWORD };
    expect((await app.api.post('/two-factor/totp/enrol', body, { token })).status).toBe(200);
  });

  it('steps up: the session tells of the factor', async () => {
    const app = current();
    const account = await signUpWithTotp(app);
    time.advance('11m');
    const token = account.access;
    const body = { method: 'totp', code: appCode(account.secret) };
    const raised = await app.api.post('/two-factor/step-up', body, { token });
    expect(raised.body).toEqual({
      ...{ auth_time: expect.any(Number), acr: 'aal2', refresh_required: mode === 'stateless' },
      amr: ['pwd', 'otp', 'mfa'],
    });
    const refreshed = await app.api.post('/refresh', { refresh_token: account.refresh });
    const enrol = (bearer: string) => app.api.post('/two-factor/totp/enrol', {}, { token: bearer });
    expect((await enrol(refreshed.body.access_token)).status).toBe(200);
    // A JWT says what it said when it was made.
    expect((await enrol(token)).status).toBe(mode === 'session' ? 200 : 403);
    expect((await app.api.post('/two-factor/step-up', body, { token })).status).toBe(400);
    expect(refusal(await app.api.post('/two-factor/step-up', { ...body, method: 'sms' }, { token }))).toEqual(
      [400, 'two_factor.method_not_available'],
    );
    expect(refusal(await app.api.post('/two-factor/step-up/send', { method: 'totp' }, { token }))).toEqual([
      400,
      'two_factor.method_not_available',
    ]);
  });
});
