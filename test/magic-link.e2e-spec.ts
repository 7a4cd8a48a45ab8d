import { afterEach, expect, it } from '@jest/globals';
import { AccountLifecycleService } from '../src/modules/core/user/account-lifecycle.service.js';
import { SYSTEM_CLIENT } from '../src/shared/http/client-info.js';
import type { Answer } from '../src/testing/test-client.js';
import {
  freshEmail,
  logIn,
  meStatus,
  PASSWORD,
  refresh,
  refusal,
  signUp,
  tokensOf,
} from './support/accounts.js';
import { likeness } from './support/likeness.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import { APP_URL, type TestApp } from './support/test-app.js';
import { TimeMachine } from './support/time.js';

const TARGET = 'https://app.example.test/in?state=7';
const time = new TimeMachine().install();

afterEach(() => time.reset());

async function ask(app: TestApp, email: string, fields: object = {}): Promise<Answer> {
  const answer = await app.api.post('/magic-link', { email, ...fields });
  await app.drainOutbox();
  return answer;
}

const confirm = (app: TestApp, proof: object): Promise<Answer> => app.api.post('/magic-link/confirm', proof);

const wrong = (code: string): string => (code === '000000' ? '000001' : '000000');

describeMatrix(
  'Magic links',
  MATRIX,
  (current) => {
    it('sign in by their token, and the session is one like every other', async () => {
      const app = current();
      const { email, id } = await signUp(app);
      expect((await ask(app, email)).status).toBe(202);
      expect(app.mailbox.lastLink(email)).toContain(`${APP_URL}${app.basePath}/pages/magic-link#token=`);
      const answer = await confirm(app, { token: app.mailbox.lastToken(email), device_name: 'Laptop' });
      expect([answer.status, answer.body['status'], answer.body.user.id]).toEqual([200, 'authenticated', id]);
      const { access, refresh: refreshToken, sessionId } = tokensOf(answer);
      const sessions = await app.api.get('/sessions', { token: access });
      expect(sessions.body.data).toMatchObject([{ id: sessionId, device: 'Laptop', current: true }]);
      expect((await refresh(app, refreshToken)).status).toBe(200);
      expect((await app.api.post('/logout', undefined, { token: access })).status).toBe(204);
      expect(await meStatus(app, access)).toBe(401);
    });

    it('sign in by their code, which is spent with the token', async () => {
      const app = current();
      const { email } = await signUp(app);
      await ask(app, email);
      const [code, token] = [app.mailbox.lastCode(email), app.mailbox.lastToken(email)];
      expect((await confirm(app, { email: email.toUpperCase(), code })).status).toBe(200);
      expect(refusal(await confirm(app, { email, code }))).toEqual([400, 'core.invalid_code']);
      expect(refusal(await confirm(app, { token }))).toEqual([400, 'core.invalid_code']);
    });

    it('survive a scanner that opens them, and are void after a newer one', async () => {
      const app = current();
      const { email } = await signUp(app);
      await ask(app, email);
      const old = { token: app.mailbox.lastToken(email), code: app.mailbox.lastCode(email) };
      await ask(app, email);
      const token = app.mailbox.lastToken(email);
      for (let visit = 0; visit < 3; visit += 1) {
        const page = await app.api.get(`/pages/magic-link?token=${token}`);
        expect([page.status, page.headers.get('content-security-policy')]).toEqual([
          200,
          expect.stringContaining("default-src 'none'"),
        ]);
      }
      expect((await app.api.get('/magic-link/confirm')).status).toBe(404);
      expect((await confirm(app, { token: old.token })).status).toBe(400);
      expect((await confirm(app, { token })).status).toBe(200);
    });

    it('expire: the code after ten minutes, the link after fifteen', async () => {
      const app = current();
      const { email } = await signUp(app);
      await ask(app, email);
      const [code, token] = [app.mailbox.lastCode(email), app.mailbox.lastToken(email)];
      time.advance('601s');
      expect((await confirm(app, { email, code })).status).toBe(400);
      time.advance('300s');
      expect((await confirm(app, { token })).status).toBe(400);
    });

    it('give a code five guesses, which another message does not refill', async () => {
      const app = current();
      const { email } = await signUp(app);
      await ask(app, email);
      const code = wrong(app.mailbox.lastCode(email));
      for (let guess = 0; guess < 5; guess += 1)
        expect(refusal(await confirm(app, { email, code }))).toEqual([400, 'core.invalid_code']);
      await ask(app, email);
      const refused = await confirm(app, { email, code: app.mailbox.lastCode(email) });
      expect(refusal(refused)).toEqual([429, 'core.too_many_attempts']);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect((await confirm(app, { token: app.mailbox.lastToken(email) })).status).toBe(200);
    });

    it('void what somebody set up who never proved the address (A7)', async () => {
      const app = current();
      const victim = freshEmail('victim');
      const attacker = await signUp(app, { email: victim });
      const session = await logIn(app, attacker);
      const phone = await app.api.post('/password/forgot', { email: victim });
      expect(phone.status).toBe(202);
      await app.drainOutbox();
      const reset = app.mailbox.lastToken(victim);
      await ask(app, victim);
      const answer = await confirm(app, { token: app.mailbox.lastToken(victim) });
      expect([answer.status, answer.body.user['email_verified']]).toEqual([200, true]);
      expect(await meStatus(app, session.access)).toBe(401);
      expect((await refresh(app, session.refresh)).status).toBe(401);
      expect((await app.api.post('/login', { email: victim, password: PASSWORD })).status).toBe(401);
      expect((await app.api.post('/password/reset', { token: reset, password: PASSWORD })).status).toBe(400);
      expect(await meStatus(app, tokensOf(answer).access)).toBe(200);
    });

    it('leave the password and the sessions of a proven account alone', async () => {
      const app = current();
      const account = await signUp(app);
      await app.drainOutbox();
      const proof = { token: app.mailbox.lastToken(account.email) };
      expect((await app.api.post('/email/verify/confirm', proof)).status).toBe(200);
      const session = await logIn(app, account);
      await ask(app, account.email);
      expect((await confirm(app, { token: app.mailbox.lastToken(account.email) })).status).toBe(200);
      expect(await meStatus(app, session.access)).toBe(200);
      await logIn(app, account);
    });

    it('end the session that the request came with', async () => {
      const app = current();
      const account = await signUp(app);
      const earlier = await logIn(app, await signUp(app));
      await ask(app, account.email);
      const token = app.mailbox.lastToken(account.email);
      expect((await app.api.post('/magic-link/confirm', { token }, { token: earlier.access })).status).toBe(
        200,
      );
      expect(await meStatus(app, earlier.access)).toBe(401);
    });

    it('tell a banned user after the proof alone', async () => {
      const app = current();
      const { email, id } = await signUp(app);
      await app.app
        .get(AccountLifecycleService, { strict: false })
        .ban(id, { reason: 'spam' }, SYSTEM_CLIENT);
      expect((await ask(app, email)).status).toBe(202);
      expect(refusal(await confirm(app, { email, code: wrong(app.mailbox.lastCode(email)) }))).toEqual([
        400,
        'core.invalid_code',
      ]);
      const token = app.mailbox.lastToken(email);
      expect(refusal(await confirm(app, { token }))).toEqual([403, 'core.account_banned']);
    });

    it('are for living accounts: a deleted one is unknown', async () => {
      const app = current();
      const account = await signUp(app);
      const { access } = await logIn(app, account);
      await ask(app, account.email);
      const token = app.mailbox.lastToken(account.email);
      expect((await app.api.delete('/me', { password: PASSWORD }, { token: access })).status).toBe(204);
      expect((await confirm(app, { token })).status).toBe(400);
      const before = app.mailbox.mailTo(account.email, 'magic_link').length;
      await ask(app, account.email);
      expect(app.mailbox.mailTo(account.email, 'magic_link')).toHaveLength(before);
    });

    it('do not tell who has an account', async () => {
      const app = current();
      const known = await signUp(app);
      const banned = await signUp(app);
      await app.app.get(AccountLifecycleService, { strict: false }).ban(banned.id, {}, SYSTEM_CLIENT);
      const locked = await signUp(app);
      for (let attempt = 0; attempt < 6; attempt += 1)
        await app.api.post('/login', { email: locked.email, password: 'not the right one' });
      const asked = likeness(await ask(app, known.email, { redirect_to: TARGET }));
      expect(asked).toMatchObject({ status: 202, body: '{"status":"accepted"}' });
      for (const email of [freshEmail(), banned.email, locked.email])
        expect(likeness(await ask(app, email, { redirect_to: TARGET }))).toEqual(asked);
      const refused = likeness(await confirm(app, { email: known.email, code: '000000' }));
      for (const email of [freshEmail(), banned.email, locked.email])
        expect(likeness(await confirm(app, { email, code: '000000' }))).toEqual(refused);
    });

    it('go on to an allowed target alone, with a code that is good once, for a minute', async () => {
      const app = current();
      const { email } = await signUp(app);
      const refused = await ask(app, email, { redirect_to: 'https://evil.example/in' });
      expect(refusal(refused)).toEqual([400, 'core.redirect_not_allowed']);
      const hand = async (): Promise<string | null> => {
        await ask(app, email, { redirect_to: TARGET });
        const opened = await app.api.post('/magic-link/open', { token: app.mailbox.lastToken(email) });
        expect([opened.status, opened.body['status']]).toEqual([200, 'redirect']);
        const target = new URL(String(opened.body['redirect_to']));
        expect([target.origin, target.searchParams.get('state')]).toEqual(['https://app.example.test', '7']);
        return target.searchParams.get('magic_link_code');
      };
      const code = await hand();
      const answer = await app.api.post('/magic-link/exchange', { code, device_name: 'Browser' });
      expect(await meStatus(app, tokensOf(answer).access)).toBe(200);
      expect((await app.api.post('/magic-link/exchange', { code })).status).toBe(400);
      const late = await hand();
      time.advance('61s');
      expect((await app.api.post('/magic-link/exchange', { code: late })).status).toBe(400);
    });

    it('take no secret for another', async () => {
      const app = current();
      const { email } = await signUp(app);
      await app.drainOutbox();
      const verification = app.mailbox.lastToken(email);
      await ask(app, email, { redirect_to: TARGET });
      const token = app.mailbox.lastToken(email);
      expect((await confirm(app, { token: verification })).status).toBe(400);
      expect((await app.api.post('/magic-link/exchange', { code: token })).status).toBe(400);
      expect((await app.api.post('/email/verify/confirm', { token })).status).toBe(400);
      expect((await app.api.post('/password/reset', { token, password: PASSWORD })).status).toBe(400);
      const opened = await app.api.post('/magic-link/open', { token });
      const code = new URL(String(opened.body['redirect_to'])).searchParams.get('magic_link_code');
      expect((await confirm(app, { token: code })).status).toBe(400);
    });

    it('refuse what is no request with 400, whatever it is', async () => {
      const app = current();
      for (const body of [
        {},
        { email: 'x' },
        { email: 7 },
        { email: 'a@example.com', redirect_to: '' },
        { email: 'a@example.com', redirect_to: 'x'.repeat(2049) },
        { email: 'a@example.com', redirect_to: '\u0000' },
        { email: 'a@example.com', locale: '../..' },
        { email: 'a@example.com', unknown: true },
      ])
        expect([body, (await app.api.post('/magic-link', body)).status]).toEqual([body, 400]);
      for (const path of ['/magic-link/confirm', '/magic-link/open', '/magic-link/exchange'])
        for (const body of [
          {},
          { token: '' },
          { token: 'x', code: 'x' },
          { token: 'x'.repeat(101) },
          { code: 1 },
        ])
          expect([path, (await app.api.post(path, body)).status]).toEqual([path, 400]);
    });
  },
  { env: { REDIRECT_ALLOWLIST: 'https://app.example.test/in' } },
);
