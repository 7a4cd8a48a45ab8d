import { expect, it } from '@jest/globals';
import { freshEmail, freshName, meStatus, refusal, signUp } from './support/accounts.js';
import { likeness } from './support/likeness.js';
import { BOTH_MODES, describeMatrix, MATRIX } from './support/matrix.js';
import { startTestApp } from './support/test-app.js';

const COOKIE = '__Host-castellan_magic_link';

describeMatrix(
  'Magic links that make accounts',
  MATRIX,
  (current, cell) => {
    it('do so for an address that nobody has, and derive its username', async () => {
      const app = current();
      const email = freshEmail('Newcomer');
      await app.api.post('/magic-link', { email, locale: 'de-CH' });
      await app.drainOutbox();
      expect(
        await app.sql('SELECT 1 FROM castellan.users WHERE email_key = $1', [email.toLowerCase()]),
      ).toEqual([]);
      const answer = await app.api.post('/magic-link/confirm', { token: app.mailbox.lastToken(email) });
      expect([answer.status, answer.body['status']]).toEqual([200, 'authenticated']);
      expect(answer.body.user).toMatchObject({
        email,
        email_verified: true,
        username: email.toLowerCase().replace(/@.*/, ''),
        locale: 'de-CH',
      });
      expect(await meStatus(app, answer.body.access_token)).toBe(200);
    });

    it('keep the link where the wanted name is taken meanwhile', async () => {
      const app = current();
      const [email, username] = [freshEmail(), freshName('n')];
      await app.api.post('/magic-link', { email, username });
      await app.drainOutbox();
      await signUp(app, { username });
      const token = app.mailbox.lastToken(email);
      expect(refusal(await app.api.post('/magic-link/confirm', { token }))).toEqual([
        409,
        'core.username_taken',
      ]);
      const other = freshName('n');
      const answer = await app.api.post('/magic-link/confirm', { token, username: other });
      expect([answer.status, answer.body.user['username']]).toEqual([200, other]);
    });

    it('are void where sign-up has been closed since', async () => {
      const app = current();
      const email = freshEmail();
      await app.api.post('/magic-link', { email });
      await app.drainOutbox();
      const closed = await startTestApp({
        ...cell,
        database: app.database,
        mailbox: app.mailbox,
        env: { MAGIC_LINK_AUTO_REGISTER: 'on', REGISTRATION: 'closed' },
      });
      try {
        const answer = await closed.api.post('/magic-link/confirm', { token: app.mailbox.lastToken(email) });
        expect(refusal(answer)).toEqual([400, 'core.invalid_code']);
      } finally {
        await closed.close();
      }
    });
  },
  { env: { MAGIC_LINK_AUTO_REGISTER: 'on' } },
);

describeMatrix(
  'Magic links without a code, bound to the browser',
  BOTH_MODES,
  (current) => {
    it('work where they were asked for, and nowhere else', async () => {
      const app = current();
      const { email } = await signUp(app);
      await app.drainOutbox();
      const bare = await app.api.post('/magic-link', { email });
      expect(refusal(bare)).toEqual([400, 'magic_link.redirect_required']);
      const asked = await app.api.post('/magic-link', { email, redirect_to: 'https://app.example.test/' });
      expect(asked.status).toBe(202);
      const [line = ''] = asked.headers.getSetCookie();
      expect(line).toMatch(
        new RegExp(`^${COOKIE}=[\\w-]{43}; Path=/; Max-Age=300; HttpOnly; Secure; SameSite=Lax$`),
      );
      await app.drainOutbox();
      const [mail] = app.mailbox.mailTo(email, 'magic_link');
      expect(mail?.text).toContain('The link is good for 5 minutes.');
      expect(mail?.text.replace(/https?:\S+/g, '')).not.toMatch(/\d{6}/);
      const token = app.mailbox.lastToken(email);
      const elsewhere = await app.api.post('/magic-link/open', { token });
      expect(refusal(elsewhere)).toEqual([403, 'magic_link.other_browser']);
      const headers = { cookie: line.split(';', 1)[0] ?? '' };
      expect((await app.api.post('/magic-link/open', { token }, { headers })).status).toBe(200);
    });

    it('are asked for alike by known and unknown', async () => {
      const app = current();
      const { email } = await signUp(app);
      const wish = (address: string) =>
        app.api.post('/magic-link', { email: address, redirect_to: 'https://app.example.test/' });
      const alike = (answer: Awaited<ReturnType<typeof wish>>) =>
        JSON.stringify(likeness(answer)).replace(new RegExp(`${COOKIE}=[\\w-]{43}`), COOKIE);
      expect(alike(await wish(freshEmail()))).toBe(alike(await wish(email)));
    });
  },
  {
    env: {
      MAGIC_LINK_CODE: 'off',
      MAGIC_LINK_BIND_BROWSER: 'on',
      MAGIC_LINK_TTL: '5m',
      REDIRECT_ALLOWLIST: 'https://app.example.test',
    },
  },
);

describeMatrix(
  'Magic links, where cookies carry tokens',
  BOTH_MODES,
  (current) => {
    it('set them on the page, and go on with nothing in the address', async () => {
      const app = current();
      const { email } = await signUp(app);
      await app.api.post('/magic-link', { email, redirect_to: 'https://app.example.test/in' });
      await app.drainOutbox();
      const token = app.mailbox.lastToken(email);
      const headers = { 'sec-fetch-site': 'same-origin' };
      const crossSite = await app.api.post(
        '/magic-link/open',
        { token },
        { headers: { 'sec-fetch-site': 'cross-site' } },
      );
      expect(refusal(crossSite)).toEqual([403, 'core.csrf']);
      const opened = await app.api.post('/magic-link/open', { token }, { headers });
      expect(opened.body).toEqual({ status: 'redirect', redirect_to: 'https://app.example.test/in' });
      const cookie = opened.headers
        .getSetCookie()
        .map((line) => line.split(';', 1)[0])
        .join('; ');
      expect((await app.api.get('/me', { headers: { cookie } })).status).toBe(200);
    });
  },
  { env: { TOKEN_TRANSPORT: 'cookie', REDIRECT_ALLOWLIST: 'https://app.example.test' } },
);

describeMatrix(
  'Magic links under their cool-down',
  BOTH_MODES,
  (current) => {
    it('may be asked for once a minute, alike for known and unknown', async () => {
      const app = current();
      const { email } = await signUp(app);
      const answers = [];
      for (const address of [email, freshEmail()]) {
        expect((await app.api.post('/magic-link', { email: address })).status).toBe(202);
        const refused = await app.api.post('/magic-link', { email: address.toUpperCase() });
        expect(refusal(refused)).toEqual([429, 'core.rate_limited']);
        expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(50);
        const headers = new Headers(refused.headers);
        headers.delete('retry-after');
        answers.push(likeness({ ...refused, headers }));
      }
      expect(answers[1]).toEqual(answers[0]);
    });
  },
  { env: { RATE_LIMIT_MULTIPLIER: '1' } },
);
