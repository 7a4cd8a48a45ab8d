import { expect, it } from '@jest/globals';
import { meStatus, PASSWORD, refusal, signUp, tokensOf } from './support/accounts.js';
import { BOTH_MODES, describeMatrix } from './support/matrix.js';
import type { TestApp } from './support/test-app.js';
import { appCode, appCodeBefore, challenged, verify, wrongCode } from './support/two-factor.js';

describeMatrix(
  'Two-factor, required',
  BOTH_MODES,
  (current) => {
    const enrol = (app: TestApp, token: string) =>
      app.api.post('/two-factor/challenge/totp/enrol', { challenge_token: token });
    const confirm = (app: TestApp, token: string, code: string, fields: object = {}) =>
      app.api.post('/two-factor/challenge/totp/confirm', { challenge_token: token, code, ...fields });

    it('is set up on the way in, which completes the sign-in', async () => {
      const app = current();
      const account = await signUp(app);
      const challenge = await challenged(app, account);
      expect(challenge).toMatchObject({ methods: [], enrol: ['totp'] });
      for (const method of ['totp', 'backup_code'])
        expect(refusal(await verify(app, challenge.token, method, '000000'))).toEqual([
          400,
          'two_factor.method_not_available',
        ]);
      const enrolment = await enrol(app, challenge.token);
      const secret = String(enrolment.body['secret']);
      expect((await confirm(app, challenge.token, wrongCode(secret))).status).toBe(400);
      const answer = await confirm(app, challenge.token, await appCodeBefore(secret), { trust_device: true });
      expect(answer.status).toBe(200);
      expect(answer.body['backup_codes']).toHaveLength(10);
      expect(answer.body['device_token']).toEqual(expect.any(String));
      const tokens = tokensOf(answer);
      expect(await meStatus(app, tokens.access)).toBe(200);
      expect((await app.api.get('/two-factor', { token: tokens.access })).body).toMatchObject({
        policy: 'required',
        enabled: true,
      });
      expect((await confirm(app, challenge.token, appCode(secret))).status).toBe(401);

      const next = await challenged(app, account);
      expect(next).toMatchObject({ methods: ['totp', 'backup_code'], enrol: undefined });
      expect((await verify(app, next.token, 'totp', appCode(secret))).status).toBe(200);

      for (const refused of [
        await app.api.post('/two-factor/disable', { password: PASSWORD }, { token: tokens.access }),
        await app.api.delete('/two-factor/totp', { password: PASSWORD }, { token: tokens.access }),
      ])
        expect(refusal(refused)).toEqual([403, 'two_factor.required']);
      expect((await app.api.get('/two-factor', { token: tokens.access })).body['backup_codes_left']).toBe(10);
    });

    it('is not set up by a challenge that was open when another one set it up', async () => {
      const app = current();
      const account = await signUp(app);
      const [first, second] = [await challenged(app, account), await challenged(app, account)];
      const secret = String((await enrol(app, second.token)).body['secret']);
      expect((await confirm(app, first.token, appCode(secret))).status).toBe(200);
      expect(refusal(await confirm(app, second.token, appCode(secret, 1)))).toEqual([
        403,
        'two_factor.enrolment_not_open',
      ]);
      expect(refusal(await enrol(app, second.token))).toEqual([403, 'two_factor.enrolment_not_open']);
      expect((await verify(app, second.token, 'totp', appCode(secret, 1))).status).toBe(200);
    });
  },
  { env: { TWO_FACTOR_POLICY: 'required', TWO_FACTOR_METHODS: 'email' } },
);

describeMatrix(
  'Two-factor, switched off',
  BOTH_MODES.slice(0, 1),
  (current) => {
    it('is neither offered nor asked for', async () => {
      const app = current();
      const { email, password } = await signUp(app);
      const login = await app.api.post('/login', { email, password });
      const token = login.body.access_token;
      expect((await app.api.get('/two-factor', { token })).body['policy']).toBe('off');
      expect(refusal(await app.api.post('/two-factor/totp/enrol', {}, { token }))).toEqual([
        403,
        'two_factor.switched_off',
      ]);
    });
  },
  { env: { TWO_FACTOR_POLICY: 'off' } },
);

describeMatrix(
  'Two-factor, limited',
  BOTH_MODES.slice(0, 1),
  (current) => {
    it('offers the methods that are wanted, and sends one code a minute', async () => {
      const app = current();
      const { email, password } = await signUp(app);
      const token = (await app.api.post('/login', { email, password })).body.access_token;
      expect(refusal(await app.api.post('/two-factor/totp/enrol', {}, { token }))).toEqual([
        403,
        'two_factor.method_not_offered',
      ]);
      expect((await app.api.post('/two-factor/email/enrol', {}, { token })).status).toBe(200);
      const again = await app.api.post('/two-factor/email/enrol', {}, { token });
      expect(refusal(again)).toEqual([429, 'core.rate_limited']);
      expect(Number(again.headers.get('retry-after'))).toBeLessThanOrEqual(60);
      await app.drainOutbox();
      const code = app.mailbox.lastCode(email);
      expect((await app.api.post('/two-factor/email/confirm', { code }, { token })).status).toBe(200);
      const challenge = await challenged(app, { email, password });
      const ask = { challenge_token: challenge.token, method: 'email' };
      expect((await app.api.post('/two-factor/challenge/send', ask)).status).toBe(200);
      expect((await app.api.post('/two-factor/challenge/send', ask)).status).toBe(429);
      const other = { ...ask, challenge_token: (await challenged(app, { email, password })).token };
      expect((await app.api.post('/two-factor/challenge/send', other)).status).toBe(429);
    });
  },
  { env: { TWO_FACTOR_METHODS: 'email', RATE_LIMIT_MULTIPLIER: '1' } },
);
