import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { freshEmail, freshName, signUp } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { startTargetApp, type TargetApp } from '../support/target-app.js';
import { APP_URL, startTestApp, type TestApp } from '../support/test-app.js';

const SLOW = 60_000;

describeInChromium('The page of a magic link, in a browser', () => {
  let browser: Browser;
  let target: TargetApp;
  /** Tokens travel in bodies; in `byCookie` in cookies, and links are bound to their browser. */
  let app: TestApp;
  let byCookie: TestApp;
  let context: BrowserContext;
  let page: Page;
  /** Whatever the browser complained of, and whom it talked to. */
  let complaints: string[];
  let origins: Set<string>;

  beforeAll(async () => {
    target = await startTargetApp();
    const env = { REDIRECT_ALLOWLIST: `${target.origin}/in`, CORS_ORIGINS: target.origin };
    app = await startTestApp({ env: { ...env, MAGIC_LINK_AUTO_REGISTER: 'on' } });
    target.exchangeAt(`${app.url}/auth/magic-link/exchange`);
    byCookie = await startTestApp({
      mode: 'stateless',
      adapter: 'fastify',
      env: { ...env, TOKEN_TRANSPORT: 'cookie', MAGIC_LINK_BIND_BROWSER: 'on' },
    });
    browser = await launchChromium();
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    await byCookie?.close();
    await app?.close();
    await target?.close();
  }, SLOW);

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    complaints = [];
    origins = new Set();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A refused request is logged as an error; what it says is on the page.
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        complaints.push(message.text());
    });
    page.on('request', (request) => origins.add(new URL(request.url()).origin));
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  const ask = async (of: TestApp, email: string, fields: object = {}): Promise<void> => {
    expect((await of.api.post('/magic-link', { email, ...fields })).status).toBe(202);
    await of.drainOutbox();
  };

  /** The link of the latest mail, where the app of the test listens. */
  const linkTo = (of: TestApp, email: string): string => of.mailbox.lastLink(email).replace(APP_URL, of.url);

  const unused = (email: string) =>
    app.sql("SELECT 1 FROM castellan.tokens WHERE type = 'magic_link' AND NOT used AND email = $1", [email]);

  it('shows what will happen and consumes nothing, then signs in and goes on, with no token in any address', async () => {
    const { email } = await signUp(app);
    await ask(app, email, { redirect_to: `${target.origin}/in?state=7` });
    const link = linkTo(app, email);
    const token = app.mailbox.lastToken(email);
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await page.goto(link);
    expect(await page.getByRole('heading').textContent()).toBe('Sign in');
    // The token has left the address bar, and with it the history.
    expect(page.url()).toBe(`${app.url}/auth/pages/magic-link`);
    expect(await unused(email)).toHaveLength(1);

    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${target.origin}/in?state=7&magic_link_code=*`);
    await page.getByText(`authenticated ${email}`).waitFor();
    expect(await unused(email)).toEqual([]);
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    expect([...origins].sort()).toEqual([app.url, target.origin].sort());
    expect(await context.cookies()).toEqual([]);
  });

  it('says so where the link is used, expired or not complete', async () => {
    const { email } = await signUp(app);
    await ask(app, email, { redirect_to: `${target.origin}/in` });
    const link = linkTo(app, email);
    await app.api.post('/magic-link/confirm', { token: app.mailbox.lastToken(email) });
    await page.goto(link);
    await page.getByRole('button').click();
    await page.getByText('The code or link is wrong, has expired, or has been used.').waitFor();
    await page.goto('about:blank');
    await page.goto(link.replace(/#.*/, ''));
    await page.getByText('This link is not complete.').waitFor();
    expect(await page.getByRole('button').isVisible()).toBe(false);
  });

  it('leaves the code to the place where it was asked for, where there is nobody to hand tokens to', async () => {
    const { email } = await signUp(app);
    await ask(app, email);
    await page.goto(linkTo(app, email));
    await page.getByRole('button').click();
    const outcome = page.getByText('enter the code of the same message there');
    await outcome.waitFor();
    expect(await outcome.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);
    const proof = { email, code: app.mailbox.lastCode(email) };
    expect((await app.api.post('/magic-link/confirm', proof)).status).toBe(200);
  });

  it('asks for another username where the wanted one is taken', async () => {
    const [email, username] = [freshEmail(), freshName('n')];
    await ask(app, email, { username, redirect_to: `${target.origin}/in` });
    await signUp(app, { username });
    await page.goto(linkTo(app, email));
    expect(await page.getByLabel('Another username').isVisible()).toBe(false);
    await page.getByRole('button').click();
    await page.getByText('This username is already in use.').waitFor();
    await page.getByLabel('Another username').fill(freshName('n'));
    await page.getByRole('button').click();
    await page.getByText(`authenticated ${email}`).waitFor();
  });

  it('signs in by cookies that no script can read, in the browser that asked', async () => {
    const { email } = await signUp(byCookie);
    await page.goto(`${byCookie.url}/auth/pages/magic-link`);
    const status = await page.evaluate(
      async ({ url, body }) =>
        (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status,
      { url: `${byCookie.url}/auth/magic-link`, body: JSON.stringify({ email }) },
    );
    expect(status).toBe(202);
    await byCookie.drainOutbox();
    const link = linkTo(byCookie, email);

    const stranger = await browser.newContext();
    const elsewhere = await stranger.newPage();
    await elsewhere.goto(link);
    await elsewhere.getByRole('button').click();
    await elsewhere.getByText('in the browser where you asked for it').waitFor();
    await stranger.close();

    await page.goto('about:blank');
    await page.goto(link);
    await page.getByRole('button').click();
    await page.getByText('You are signed in.').waitFor();
    const cookies = (await context.cookies()).filter(({ name }) => !name.includes('magic_link'));
    expect(cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual(
      [
        ['__Host-castellan_access', true, true, 'Lax'],
        ['__Host-castellan_refresh', true, true, 'Lax'],
      ],
    );
    const me = await page.evaluate(async (url) => (await fetch(url)).json(), `${byCookie.url}/auth/me`);
    expect(me).toMatchObject({ email });
    expect(await page.evaluate('document.cookie')).toBe('');
  });
});
