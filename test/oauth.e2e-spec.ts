import { createHash } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { refusal } from './support/accounts.js';
import { denyAtProvider } from './support/oidc-provider.js';
import { describeMatrix, MATRIX } from './support/matrix.js';
import {
  accounts,
  CLIENT_PAGE,
  countSessions,
  errorAt,
  OAuthWalker,
  OAuthWorld,
  stopAt,
} from './support/oauth-world.js';
import { expectProblem } from './support/problems.js';
import { hostileRedirects } from './support/redirect-corpus.js';
import { APP_URL } from './support/test-app.js';
import { TimeMachine } from './support/time.js';

const VERIFIER = 'a-verifier-of-the-client-with-more-than-43-characters';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

const time = new TimeMachine();
let world: OAuthWorld;

beforeAll(async () => {
  time.install();
  world = await OAuthWorld.start();
});

afterEach(() => time.reset());
afterAll(() => world.close());

describeMatrix(
  'Sign-in by a provider',
  MATRIX,
  (current) => {
    const walker = (): OAuthWalker => new OAuthWalker(current());

    it('lists the providers', async () => {
      const { body } = await current().api.get('/oauth/providers');
      expect(body.data.map(({ id }) => id).sort()).toEqual(['certified', 'hostile']);
    });

    describe('from the link to the tokens', () => {
      it('signs up who comes for the first time, and knows them from then on', async () => {
        const ada = world.person({ name: 'Ada Lovelace', picture: 'https://img.example.test/ada.png' });
        const first = await walker().signIn(ada.sub);
        expect([first.status, first.body['status']]).toEqual([200, 'authenticated']);
        const me = (await current().api.get('/me', { token: first.body.access_token })).body;
        expect(me).toMatchObject({ id: first.body.user.id, email: ada.email, email_verified: true });
        expect(JSON.stringify(me)).toContain('Ada Lovelace');
        const again = await walker().signIn(ada.sub);
        expect(again.body.user.id).toBe(first.body.user.id);
        expect((await accounts(current(), again.body.access_token)).body).toMatchObject({
          total: 1,
          data: [{ provider: 'certified', provider_account_id: ada.sub, provider_email: ada.email }],
        });
      });

      it('shows nobody the tokens: neither in an address nor in the store', async () => {
        const browser = walker();
        const { access } = await browser.tokens(world.person().sub);
        for (const { href } of browser.browser.visited) expect(href).not.toContain(access);
        const rows = await current().sql<{ row: string }>(
          "SELECT a::text AS row FROM castellan.accounts a WHERE provider = 'certified'",
        );
        expect(rows.length).toBeGreaterThan(0);
        for (const { row } of rows) expect(row).not.toMatch(/eyJ[\w-]+\.eyJ/);
      });

      it('keeps states and codes as hashes', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        const code = (await browser.open(callback)).param('code') ?? '';
        const rows = await current().sql<{ row: string }>('SELECT t::text AS row FROM castellan.tokens t');
        const text = rows.map(({ row }) => row).join('\n');
        expect(text).not.toContain(callback.searchParams.get('state'));
        expect(text).not.toContain(code);
      });

      it('ends the session that the exchange was asked in', async () => {
        const { access } = await walker().tokens(world.person().sub);
        const page = await walker().walk(world.person().sub);
        const code = String(page.param('code'));
        const answer = await current().api.post('/oauth/exchange', { code }, { token: access });
        expect(answer.status).toBe(200);
        expect((await current().api.get('/sessions', { token: access })).status).toBe(401);
      });

      it('answers the callback itself in the mode json', async () => {
        const ada = world.person();
        const browser = walker();
        const parameters = new URLSearchParams({ mode: 'json' });
        const login = await browser.open(browser.url(`/oauth/certified/start?${parameters.toString()}`));
        const callback = await browser.browser.submit(login, { login: ada.sub }, { form: 'login' });
        const page = await browser.browser.submit(callback, {}, { form: 'consent' });
        expect([page.status, page.json['status']]).toEqual([200, 'authenticated']);
        expect(page.headers['cache-control']).toContain('no-store');
      });

      it('hands a popup’s result to the one origin, in a page that loads nothing', async () => {
        const page = await walker().walk(world.person().sub, { mode: 'popup' });
        expect(page.status).toBe(200);
        expect(page.text).toContain(`data-origin="${new URL(CLIENT_PAGE).origin}"`);
        expect(page.headers['content-security-policy']).toMatch(/default-src 'none'/);
        expect(page.headers['content-security-policy']).not.toContain('unsafe-inline');
        expect(page.headers['cross-origin-opener-policy']).toBe('unsafe-none');
        expect(page.text).not.toContain('access_token');
      });
    });

    describe('the one-time code', () => {
      const codeOf = async (browser: OAuthWalker, query = {}): Promise<string> =>
        String((await browser.walk(world.person().sub, query)).param('code'));

      it('is good once', async () => {
        const browser = walker();
        const code = await codeOf(browser);
        const first = await browser.exchange(code);
        expect(first.status).toBe(200);
        expect(refusal(await browser.exchange(code))).toEqual([400, 'core.invalid_code']);
      });

      it('is not another browser’s, which does not use it up', async () => {
        const browser = walker();
        const other = walker();
        await other.start('certified');
        const code = await codeOf(browser);
        expect(refusal(await other.exchange(code))).toEqual([400, 'core.invalid_code']);
        expect((await browser.exchange(code)).status).toBe(200);
      });

      it('is good for a minute', async () => {
        const browser = walker();
        const code = await codeOf(browser);
        time.advance('61s');
        expect(refusal(await browser.exchange(code))).toEqual([400, 'core.invalid_code']);
      });

      it('needs the verifier of the client that asked with a challenge', async () => {
        const browser = walker();
        const code = await codeOf(browser, { code_challenge: CHALLENGE });
        const refused = [400, 'oauth.code_verifier_invalid'];
        expect(refusal(await browser.exchange(code))).toEqual(refused);
        expect(refusal(await browser.exchange(code, { code_verifier: `${VERIFIER}x` }))).toEqual(refused);
        expect((await browser.exchange(code, { code_verifier: VERIFIER })).status).toBe(200);
      });

      it('is no other secret, and no other secret is one', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        const state = String(callback.searchParams.get('state'));
        expect(refusal(await browser.exchange(state))).toEqual([400, 'core.invalid_code']);
        const code = String((await browser.open(callback)).param('code'));
        const forged = new URL(callback);
        forged.searchParams.set('state', code);
        expect((await browser.open(forged)).json['code']).toBe('oauth.state_invalid');
        const confirmed = await current().api.post('/email/verify/confirm', { token: code });
        expect(refusal(confirmed)).toEqual([400, 'core.invalid_code']);
      });

      it('is void once the account’s credentials have changed', async () => {
        const ada = world.person();
        const browser = walker();
        await browser.signIn(ada.sub);
        const code = String((await browser.walk(ada.sub)).param('code'));
        await current().api.post('/password/forgot', { email: ada.email });
        await current().drainOutbox();
        const token = current().mailbox.lastToken(ada.email);
        const reset = await current().api.post('/password/reset', {
          token,
          password: 'a gate of 9 new bolts',
        });
        expect(reset.status).toBe(204);
        expect(refusal(await browser.exchange(code))).toEqual([400, 'core.invalid_code']);
      });
    });

    describe('the state', () => {
      const refused = { status: 400, code: 'oauth.state_invalid' };

      it('is good once: an answer that is sent again opens nothing', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        expect((await browser.open(callback)).param('code')).not.toBeNull();
        expect((await browser.open(callback)).json).toMatchObject(refused);
      });

      it('belongs to the browser that began, and another does not use it up', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        const stranger = walker();
        expect((await stranger.open(callback)).json).toMatchObject(refused);
        await stranger.start('certified');
        expect((await stranger.open(callback)).json).toMatchObject(refused);
        expect((await browser.open(callback)).param('code')).not.toBeNull();
      });

      it('belongs to its provider', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        const elsewhere = new URL(callback.href.replace('/certified/', '/hostile/'));
        expect((await browser.open(elsewhere)).json).toMatchObject(refused);
      });

      it('is over after ten minutes', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        time.advance('10m');
        time.advance('1s');
        expect((await browser.open(callback)).json).toMatchObject(refused);
      });

      it('has to be one', async () => {
        const browser = walker();
        for (const query of [
          '',
          'code=a',
          'code=a&state=',
          'code=a&state=b&state=c',
          'code=a&state[]=b',
          'code=a&state=%00',
          'code=a&state=%ff',
          `code=a&state=${'s'.repeat(9000)}`,
          'error=access_denied',
          'form=x',
          'form=x&state=y&code=z',
        ]) {
          const page = await browser.open(browser.url(`/oauth/certified/callback?${query}`));
          expect([query, page.json['code']]).toEqual([query, refused.code]);
        }
      });

      it('keeps several sign-ins of one browser apart', async () => {
        const browser = walker();
        const ada = world.person();
        const one = await browser.walkToCallback(ada.sub);
        const other = await browser.walkToCallback(ada.sub);
        expect((await browser.open(other)).param('code')).not.toBeNull();
        expect((await browser.open(one)).param('code')).not.toBeNull();
      });

      it('does not go with the code of somebody else', async () => {
        const mallory = await walker().walkToCallback(world.person().sub);
        const victim = walker();
        const callback = await victim.walkToCallback(world.person().sub);
        const sessions = await countSessions(current());
        callback.searchParams.set('code', String(mallory.searchParams.get('code')));
        expect(errorAt(await victim.open(callback))).toBe('oauth.invalid_grant');
        expect(await countSessions(current())).toBe(sessions);
      });

      it('goes nowhere without a code', async () => {
        const browser = walker();
        const callback = await browser.walkToCallback(world.person().sub);
        callback.searchParams.delete('code');
        expect(errorAt(await browser.open(callback))).toBe('oauth.invalid_grant');
      });
    });

    describe('where it may lead', () => {
      it('not elsewhere, however the address is written', async () => {
        for (const target of hostileRedirects(CLIENT_PAGE))
          for (const mode of ['redirect', 'popup', 'json']) {
            const posted = await walker().authorize('certified', { mode, redirect_to: target });
            expect([target, posted.status]).toEqual([target, 400]);
            expectProblem(posted);
            // The server itself does not take a line that is much longer.
            if (target.length > 5000) continue;
            const query = new URLSearchParams({ mode, redirect_to: target }).toString();
            const got = await current().api.get(`/oauth/certified/start?${query}`);
            expect([target, got.status, got.headers.get('location')]).toEqual([target, 400, null]);
            expectProblem(got);
          }
      });

      it('to the allowed address, what is beneath it, and with its query', async () => {
        for (const target of [CLIENT_PAGE, `${CLIENT_PAGE}/deep`, `${CLIENT_PAGE}?tab=2`]) {
          const page = await walker().walk(world.person().sub, { redirect_to: target });
          expect(page.url.href.startsWith(target)).toBe(true);
          expect(page.param('code')).not.toBeNull();
        }
      });

      it('nowhere without a target', async () => {
        const answer = await current().api.post('/oauth/certified/authorize', {});
        expectProblem(answer, 400, 'oauth.redirect_required');
      });

      it('to no provider that is not there', async () => {
        for (const id of ['nobody', '__proto__', 'constructor', 'Certified', 'certified%20']) {
          const answer = await current().api.post(`/oauth/${id}/authorize`, { redirect_to: CLIENT_PAGE });
          expect(answer.status).toBe(404);
        }
        const link = await current().api.get('/oauth/nobody/start?redirect_to=https://evil.example/');
        expect(refusal(link)).toEqual([404, 'oauth.provider_not_found']);
      });

      it('to the provider with PKCE, a nonce and a state of its own', async () => {
        const urls = await Promise.all(
          [1, 2].map(async () => new URL(String((await walker().authorize('certified')).body['url']))),
        );
        for (const { searchParams, origin } of urls) {
          expect(origin).toBe(world.certified.issuer);
          expect(searchParams.get('code_challenge_method')).toBe('S256');
          expect(searchParams.get('response_type')).toBe('code');
          expect(searchParams.get('redirect_uri')).toBe(
            `${APP_URL}${current().basePath}/oauth/certified/callback`,
          );
        }
        for (const name of ['state', 'nonce', 'code_challenge'])
          expect(new Set(urls.map(({ searchParams }) => searchParams.get(name))).size).toBe(2);
      });
    });

    describe('a user who says no', () => {
      it('comes back to the client’s page with a code for it', async () => {
        const browser = walker();
        const page = await denyAtProvider(browser.browser, await browser.start('certified'), { stopAt });
        expect(errorAt(page)).toBe('oauth.access_denied');
      });

      it('reads a problem document in the mode json', async () => {
        const browser = walker();
        const login = await browser.open(browser.url('/oauth/certified/start?mode=json'));
        const page = await denyAtProvider(browser.browser, login);
        expect(page.headers['content-type']).toMatch(/^application\/problem\+json/);
        expect(page.json).toMatchObject({ status: 403, code: 'oauth.access_denied' });
      });
    });
  },
  { env: async () => world.env },
);
