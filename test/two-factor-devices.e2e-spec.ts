import { afterEach, expect, it } from '@jest/globals';
import { DEVICE_COOKIE } from '../src/shared/http/device-token.js';
import type { Answer } from '../src/testing/test-client.js';
import { type Account, PASSWORD, refusal, signUp } from './support/accounts.js';
import { BOTH_MODES, describeMatrix } from './support/matrix.js';
import type { TestApp } from './support/test-app.js';
import { TimeMachine } from './support/time.js';
import {
  appCode,
  appCodeBefore,
  challenged,
  enrolTotp,
  signUpWithTotp,
  verify,
} from './support/two-factor.js';

const time = new TimeMachine().install();

afterEach(() => time.reset());

const logIn = (
  app: TestApp,
  { email, password }: Account,
  headers: Record<string, string>,
): Promise<Answer> => app.api.post('/login', { email, password }, { headers });

describeMatrix('Trusted devices', BOTH_MODES, (current) => {
  const trusting = async (app: TestApp, fields: object = {}) => {
    const account = await signUpWithTotp(app);
    const { token } = await challenged(app, account);
    const code = appCode(account.secret);
    const answer = await verify(app, token, 'totp', code, { trust_device: true, ...fields });
    expect(answer.status).toBe(200);
    const device = String(answer.body['device_token']);
    return { account, answer, device, headers: { 'castellan-device': device } };
  };

  it('are not asked for thirty days, and say so about themselves', async () => {
    const app = current();
    const { account, answer, device, headers } = await trusting(app, { device_name: 'Ada’s laptop' });
    expect(device).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(answer.body['device_expires_in']).toBe(30 * 24 * 3600);
    expect(answer.headers.getSetCookie()).toEqual([]);
    expect((await logIn(app, account, headers)).body['status']).toBe('authenticated');
    const stored = await app.sql<{ token: string }>('SELECT token FROM castellan.trusted_devices');
    expect(stored.map(({ token }) => token)).not.toContain(device);
    expect((await logIn(app, account, {})).body['status']).toBe('challenge_required');
    expect((await logIn(app, { ...account, password: 'not it' }, headers)).status).toBe(401);
    const forged = { 'castellan-device': `${device.slice(0, -1)}${device.endsWith('A') ? 'B' : 'A'}` };
    expect((await logIn(app, account, forged)).body['status']).toBe('challenge_required');
    time.advance('29d');
    expect((await logIn(app, account, headers)).body['status']).toBe('authenticated');
    time.advance('2d');
    expect((await logIn(app, account, headers)).body['status']).toBe('challenge_required');
  });

  it('are trusted by one user, whoever signs in there', async () => {
    const app = current();
    const { headers } = await trusting(app);
    const other = await signUpWithTotp(app);
    expect((await logIn(app, other, headers)).body['status']).toBe('challenge_required');
  });

  it('are listed and forgotten by their user alone', async () => {
    const app = current();
    const { account, headers } = await trusting(app, { device_name: 'Ada’s laptop' });
    const token = account.access;
    const page = await app.api.get('/me/devices', { token });
    expect(page.body).toMatchObject({ total: 1, data: [{ name: 'Ada’s laptop', user_agent: 'node' }] });
    const id = page.body.data[0]?.id ?? '';
    const { access: eve } = await signUpWithTotp(app);
    expect((await app.api.get('/me/devices', { token: eve })).body['total']).toBe(0);
    for (const foreign of [id, 'x'])
      expect(refusal(await app.api.delete(`/me/devices/${foreign}`, undefined, { token: eve }))).toEqual([
        404,
        'two_factor.device_not_found',
      ]);
    expect((await app.api.delete(`/me/devices/${id}`, undefined, { token })).status).toBe(204);
    expect((await app.api.delete(`/me/devices/${id}`, undefined, { token })).status).toBe(404);
    expect((await logIn(app, account, headers)).body['status']).toBe('challenge_required');
  });

  it('are forgotten with a new password, with a removed factor, and all at once', async () => {
    const app = current();
    const password = 'another gate with 9 bolts';
    const changed = await trusting(app);
    const change = { current_password: PASSWORD, new_password: password };
    expect((await app.api.post('/me/password', change, { token: changed.account.access })).status).toBe(204);
    const renewed = { ...changed.account, password };
    expect((await logIn(app, renewed, changed.headers)).body['status']).toBe('challenge_required');

    const reset = await trusting(app);
    await app.drainOutbox();
    // An address that nobody has proven would take the factors along, whoever proves it.
    const proof = { token: app.mailbox.lastToken(reset.account.email) };
    expect((await app.api.post('/email/verify/confirm', proof)).status).toBe(200);
    await app.api.post('/password/forgot', { email: reset.account.email });
    await app.drainOutbox();
    const token = app.mailbox.lastToken(reset.account.email);
    expect((await app.api.post('/password/reset', { token, password })).status).toBe(204);
    const after = { ...reset.account, password };
    expect((await logIn(app, after, reset.headers)).body['status']).toBe('challenge_required');

    const removed = await trusting(app);
    const access = { token: removed.account.access };
    expect((await app.api.post('/two-factor/disable', { password: PASSWORD }, access)).status).toBe(204);
    await enrolTotp(app, removed.account.access);
    expect((await logIn(app, removed.account, removed.headers)).body['status']).toBe('challenge_required');

    const all = await trusting(app);
    expect((await app.api.delete('/me/devices', undefined, { token: all.account.access })).status).toBe(204);
    expect((await logIn(app, all.account, all.headers)).body['status']).toBe('challenge_required');
  });
});

describeMatrix(
  'Trusted devices, by cookie',
  BOTH_MODES,
  (current) => {
    it('keep their token in a cookie, and nothing in the body', async () => {
      const app = current();
      const site = { 'sec-fetch-site': 'same-origin' };
      const account = await signUp(app);
      const first = await logIn(app, account, site);
      const cookies = (answer: Answer): string =>
        answer.headers
          .getSetCookie()
          .map((cookie) => cookie.split(';', 1)[0])
          .join('; ');
      const own = { headers: { ...site, cookie: cookies(first) } };
      const enrolment = await app.api.post('/two-factor/totp/enrol', {}, own);
      const secret = String(enrolment.body['secret']);
      const code = await appCodeBefore(secret);
      expect((await app.api.post('/two-factor/totp/confirm', { code }, own)).status).toBe(200);

      const challenge = await logIn(app, account, site);
      expect(challenge.headers.getSetCookie()).toEqual([]);
      const body = {
        ...{ challenge_token: challenge.body['challenge_token'], method: 'totp', code: appCode(secret) },
        trust_device: true,
      };
      const answer = await app.api.post('/two-factor/challenge/verify', body, { headers: site });
      expect([answer.status, answer.body['device_token']]).toEqual([200, undefined]);
      const device = answer.headers.getSetCookie().find((cookie) => cookie.startsWith(DEVICE_COOKIE)) ?? '';
      expect(device).toMatch(/Path=\/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax$/);
      const again = await logIn(app, account, { ...site, cookie: device.split(';', 1)[0] ?? '' });
      expect(again.body['status']).toBe('authenticated');
    });
  },
  { env: { TOKEN_TRANSPORT: 'cookie' } },
);
