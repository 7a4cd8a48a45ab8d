import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Answer, AnswerBody } from '../src/testing/test-client.js';
import { freshEmail, freshPhone, meStatus, PASSWORD, refusal } from './support/accounts.js';
import { BOTH_MODES, describeMatrix } from './support/matrix.js';
import { CLIENT_PAGE, OAuthWalker, OAuthWorld } from './support/oauth-world.js';
import { isProtected, operationsOf } from './support/openapi.js';
import type { TestApp } from './support/test-app.js';
import { appCode, challengeOf, enrolTotp, verify } from './support/two-factor.js';

let world: OAuthWorld;

beforeAll(async () => {
  world = await OAuthWorld.start([]);
});
afterAll(() => world.close());

/** Somebody who can come in by every way there is. */
interface Everybody {
  readonly sub: string;
  readonly email: string;
  readonly username: string;
  readonly phone: string;
  readonly backupCodes: readonly string[];
  readonly access: string;
}

const NOT_TOKENS = ['challenge_token', 'challenges', 'expires_in', 'status'];

async function magicLink(app: TestApp, email: string, fields: object = {}): Promise<void> {
  expect((await app.api.post('/magic-link', { email, ...fields })).status).toBe(202);
  await app.drainOutbox();
}

const bodyOnly = (body: unknown, status: number, headers = new Headers()): Answer => ({
  status,
  headers,
  text: JSON.stringify(body),
  body: body as AnswerBody,
});

/** Each answers as a login does. */
const WAYS: Readonly<Record<string, (app: TestApp, user: Everybody) => Promise<Answer>>> = {
  'a password, by email': (app, { email }) => app.api.post('/login', { email, password: PASSWORD }),
  'a password, by username': (app, { username }) => app.api.post('/login', { username, password: PASSWORD }),
  'a password, by phone': (app, { phone }) =>
    app.api.post('/login', { phone_number: phone, password: PASSWORD }),
  'a mailed link': async (app, { email }) => {
    await magicLink(app, email);
    return app.api.post('/magic-link/confirm', { token: app.mailbox.lastToken(email) });
  },
  'a mailed code': async (app, { email }) => {
    await magicLink(app, email);
    return app.api.post('/magic-link/confirm', { email, code: app.mailbox.lastCode(email) });
  },
  'a mailed link, by its page': async (app, { email }) => {
    await magicLink(app, email, { redirect_to: CLIENT_PAGE });
    const opened = await app.api.post('/magic-link/open', { token: app.mailbox.lastToken(email) });
    const code = new URL(String(opened.body['redirect_to'])).searchParams.get('magic_link_code');
    return app.api.post('/magic-link/exchange', { code });
  },
  'a provider, by redirect': (app, { sub }) => new OAuthWalker(app).signIn(sub),
  'a provider, as JSON': async (app, { sub }) => {
    const page = await new OAuthWalker(app).walkAsJson(sub);
    return bodyOnly(page.json, page.status);
  },
};

describeMatrix(
  'The second factor on every way in',
  BOTH_MODES,
  (current) => {
    let user: Everybody;

    beforeAll(async () => {
      const app = current();
      const { sub, email } = world.person();
      const { access } = await new OAuthWalker(app).tokens(sub);
      const phone = freshPhone();
      const own = { token: access };
      expect((await app.api.post('/me/password', { new_password: PASSWORD }, own)).status).toBe(204);
      expect((await app.api.post('/me/phone', { phone_number: phone }, own)).status).toBe(202);
      await app.drainOutbox();
      const code = app.mailbox.lastCode(phone);
      expect((await app.api.post('/me/phone/confirm', { code }, own)).status).toBe(200);
      const { body } = await app.api.get('/me', own);
      const { backupCodes } = await enrolTotp(app, access);
      user = { sub, email, phone, username: String(body['username']), backupCodes, access };
    });

    it.each(Object.keys(WAYS))('is asked for after %s, and nothing is open before it', async (way) => {
      const app = current();
      const answer = await WAYS[way]?.(app, user);
      if (!answer) throw new Error(`There is no way by ${way}.`);
      expect(Object.keys(answer.body).sort()).toEqual(NOT_TOKENS);
      expect(answer.headers.getSetCookie().filter((cookie) => !cookie.includes('oauth'))).toEqual([]);
      const { token } = challengeOf(answer);

      const operations = operationsOf(app.openApi).filter(
        (operation) =>
          isProtected(operation) && !operation.operationId?.startsWith('core_confirmEmailChange'),
      );
      expect(operations.length).toBeGreaterThan(20);
      const open: string[] = [];
      for (const { method, path } of operations) {
        const concrete = path.replace(/\{[^}]+\}/g, '01890a5d-ac96-774b-bcce-b302099a8057');
        const { status } = await app.root.send(method, concrete, method === 'GET' ? undefined : {}, {
          token,
        });
        if (status !== 401) open.push(`${method} ${path} ${status}`);
      }
      expect(open).toEqual([]);
      expect((await app.api.post('/refresh', { refresh_token: token })).status).toBe(401);
      for (const path of ['/oauth/exchange', '/magic-link/exchange'])
        expect(refusal(await app.api.post(path, { code: token }))).toEqual([400, 'core.invalid_code']);
      expect(refusal(await app.api.post('/magic-link/confirm', { token }))).toEqual([
        400,
        'core.invalid_code',
      ]);

      const backupCode = user.backupCodes[Object.keys(WAYS).indexOf(way)] ?? '';
      const earlier = user.access;
      const completed = await verify(app, token, 'backup_code', backupCode);
      expect([completed.status, completed.body['status']]).toEqual([200, 'authenticated']);
      expect(await meStatus(app, completed.body.access_token)).toBe(200);
      expect(await meStatus(app, earlier)).toBe(200);
    });

    it('ends the session that its last step came with', async () => {
      const app = current();
      const first = challengeOf(await app.api.post('/login', { email: user.email, password: PASSWORD }));
      const [code = '', other = ''] = user.backupCodes.slice(-2);
      const body = { challenge_token: first.token, method: 'backup_code', code };
      const earlier = (await app.api.post('/two-factor/challenge/verify', body)).body.access_token;
      const second = challengeOf(await app.api.post('/login', { email: user.email, password: PASSWORD }));
      const answer = await app.api.post(
        '/two-factor/challenge/verify',
        { challenge_token: second.token, method: 'backup_code', code: other },
        { token: earlier },
      );
      expect(answer.status).toBe(200);
      expect(await meStatus(app, earlier)).toBe(401);
      expect(await meStatus(app, answer.body.access_token)).toBe(200);
    });
  },
  { env: () => Promise.resolve(world.env) },
);

describeMatrix(
  'The second factor, required of whoever is new',
  BOTH_MODES,
  (current) => {
    const enrolsFirst = async (answer: Answer): Promise<void> => {
      const { token, methods, enrol } = challengeOf(answer);
      expect([methods, enrol]).toEqual([[], ['totp']]);
      const app = current();
      expect(await meStatus(app, token)).toBe(401);
      const begun = await app.api.post('/two-factor/challenge/totp/enrol', { challenge_token: token });
      const confirm = { challenge_token: token, code: appCode(String(begun.body['secret'])) };
      const completed = await app.api.post('/two-factor/challenge/totp/confirm', confirm);
      expect([completed.status, completed.body['status']]).toEqual([200, 'authenticated']);
    };

    it('is set up at the first sign-in of a sign-up, whose steps sign nobody in', async () => {
      const app = current();
      const email = freshEmail();
      const signedUp = await app.api.post('/signup', { email, password: PASSWORD });
      expect([signedUp.status, signedUp.body.access_token]).toEqual([202, undefined]);
      await app.drainOutbox();
      const confirmed = await app.api.post('/email/verify/confirm', {
        token: app.mailbox.lastToken(email),
        password: PASSWORD,
      });
      expect([confirmed.status, confirmed.body.access_token]).toEqual([200, undefined]);
      expect([...signedUp.headers.getSetCookie(), ...confirmed.headers.getSetCookie()]).toEqual([]);
      await enrolsFirst(await app.api.post('/login', { email, password: PASSWORD }));
    });

    it('is set up by whom a link makes an account', async () => {
      const app = current();
      const email = freshEmail();
      await magicLink(app, email);
      await enrolsFirst(await app.api.post('/magic-link/confirm', { token: app.mailbox.lastToken(email) }));
    });

    it('is set up by whom a provider makes an account', async () => {
      await enrolsFirst(await new OAuthWalker(current()).signIn(world.person().sub));
    });

    it('is set up after a new password, which signs nobody in', async () => {
      const app = current();
      const { sub, email } = world.person();
      challengeOf(await new OAuthWalker(app).signIn(sub));
      await app.api.post('/password/forgot', { email });
      await app.drainOutbox();
      const reset = await app.api.post('/password/reset', {
        token: app.mailbox.lastToken(email),
        password: PASSWORD,
      });
      expect([reset.status, reset.text, reset.headers.getSetCookie()]).toEqual([204, '', []]);
      await enrolsFirst(await app.api.post('/login', { email, password: PASSWORD }));
    });
  },
  {
    env: () =>
      Promise.resolve({
        ...world.env,
        TWO_FACTOR_POLICY: 'required',
        EMAIL_VERIFICATION: 'required',
        MAGIC_LINK_AUTO_REGISTER: 'on',
      }),
  },
);
