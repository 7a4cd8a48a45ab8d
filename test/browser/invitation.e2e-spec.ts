import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { PlatformInvitations, SYSTEM_CLIENT } from '../../src/index.js';
import { freshEmail, logIn, PASSWORD, signUp, type Tokens } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { inviteToPlatform, prove, statusOf } from '../support/invitations.js';
import { superAdmin } from '../support/roles.js';
import { APP_URL, startTestApp, type TestApp } from '../support/test-app.js';

const SLOW = 60_000;
const COMMON = 'password123';
const SYSTEM = { userId: null, type: 'system', client: SYSTEM_CLIENT } as const;

describeInChromium('The pages of an invitation, in a browser', () => {
  let browser: Browser;
  /** Tokens travel in bodies; in `byCookie` in cookies. */
  let app: TestApp;
  let byCookie: TestApp;
  let admin: Tokens;
  let context: BrowserContext;
  let page: Page;
  /** Whatever the browser complained of, and where it went. */
  let complaints: string[];
  let addresses: string[];

  beforeAll(async () => {
    app = await startTestApp();
    byCookie = await startTestApp({
      mode: 'stateless',
      adapter: 'fastify',
      env: { TOKEN_TRANSPORT: 'cookie' },
    });
    admin = await superAdmin(app);
    browser = await launchChromium();
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    await byCookie?.close();
    await app?.close();
  }, SLOW);

  beforeEach(async () => {
    context = await browser.newContext();
    page = await context.newPage();
    complaints = [];
    addresses = [];
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      // A refused request is logged as an error; what it says is on the page.
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        complaints.push(message.text());
    });
    page.on('request', (request) => addresses.push(request.url()));
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  /** The links of the latest invitation, as the mail has them, where the app of the test listens. */
  const linkTo = (of: TestApp, email: string, name: string): string => {
    const [mail] = of.mailbox.mailTo(email).slice(-1);
    const link = new RegExp(`\\S+/pages/${name}#token=[\\w-]+`).exec(mail?.text ?? '')?.[0];
    if (link === undefined) throw new Error(`No link to ${name} was sent to ${email}.`);
    return link.replace(APP_URL, of.url);
  };
  const button = () => page.getByRole('button');

  it('show what it is and consume nothing; then make the account, with no token in any address', async () => {
    const { id, email, token } = await inviteToPlatform(app, admin);
    await page.goto(linkTo(app, email, 'invitation'));
    expect(await page.getByRole('heading').textContent()).toBe('You are invited');
    expect(page.url()).toBe(`${app.url}/auth/pages/invitation`);
    expect(await page.getByLabel('Password', { exact: true }).isVisible()).toBe(false);
    expect(await statusOf(app, id)).toBe('pending');

    await button().click();
    const password = page.getByLabel('Password', { exact: true });
    const repeated = page.getByLabel('Password, once more');
    await password.fill(COMMON);
    await repeated.fill(`${COMMON}!`);
    await button().click();
    await page.getByText('The two passwords are not the same.').waitFor();
    await repeated.fill(COMMON);
    await button().click();
    await page
      .getByRole('alert')
      .filter({ hasText: /common/i })
      .waitFor();
    expect(await statusOf(app, id)).toBe('pending');
    await password.fill(PASSWORD);
    await repeated.fill(PASSWORD);
    await button().click();
    await page.getByText('Your account is ready. You can sign in now.').waitFor();

    expect(await statusOf(app, id)).toBe('accepted');
    await logIn(app, { email, password: PASSWORD });
    expect(addresses.filter((address) => address.includes(token))).toEqual([]);
    expect(new Set(addresses.map((address) => new URL(address).origin))).toEqual(new Set([app.url]));
    expect(await context.cookies()).toEqual([]);
  });

  it('say so where the link is used or not complete, or the address has an account', async () => {
    const { email, token } = await inviteToPlatform(app, admin);
    const link = linkTo(app, email, 'invitation');
    await app.api.post('/invitations/decline', { token });
    await page.goto(link);
    await button().click();
    await page.getByText('The code or link is wrong, has expired, or has been used.').waitFor();
    await page.goto('about:blank');
    await page.goto(link.replace(/#.*/, ''));
    await page.getByText('This link is not complete.').waitFor();
    expect(await button().isVisible()).toBe(false);

    const known = await signUp(app);
    await prove(app, known.id);
    const invited = await inviteToPlatform(app, admin, { email: known.email });
    await page.goto('about:blank');
    await page.goto(linkTo(app, known.email, 'invitation'));
    await button().click();
    await page
      .getByRole('alert')
      .filter({ hasText: /sign in/i })
      .waitFor();
    expect(await statusOf(app, invited.id)).toBe('pending');
  });

  it('decline on a page of its own, and only when asked', async () => {
    const { id, email } = await inviteToPlatform(app, admin);
    await page.goto(linkTo(app, email, 'decline-invitation'));
    expect(await page.getByRole('heading').textContent()).toBe('Decline the invitation');
    expect(await statusOf(app, id)).toBe('pending');
    await page.getByRole('button', { name: 'Decline' }).click();
    await page.getByText('You have declined the invitation.').waitFor();
    expect(await statusOf(app, id)).toBe('declined');
  });

  it('sign in by cookies that no script can read, and accept another one for whoever is signed in', async () => {
    const email = freshEmail('invited');
    const invitations = byCookie.app.get(PlatformInvitations, { strict: false });
    const invite = async (): Promise<string> => {
      const { id } = await invitations.create({ email }, SYSTEM);
      await byCookie.drainOutbox();
      return id;
    };
    const first = await invite();
    await page.goto(linkTo(byCookie, email, 'invitation'));
    await button().click();
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.getByLabel('Password, once more').fill(PASSWORD);
    await button().click();
    await page.getByText('Your account is ready, and you are signed in.').waitFor();
    expect(await statusOf(byCookie, first)).toBe('accepted');
    const cookies = await context.cookies();
    expect(cookies.map(({ name, httpOnly, secure, sameSite }) => [name, httpOnly, secure, sameSite])).toEqual(
      [
        ['__Host-castellan_access', true, true, 'Lax'],
        ['__Host-castellan_refresh', true, true, 'Lax'],
      ],
    );
    expect(await page.evaluate('document.cookie')).toBe('');

    const second = await invite();
    await page.goto('about:blank');
    await page.goto(linkTo(byCookie, email, 'invitation'));
    await button().click();
    await page.getByText('You have accepted the invitation.').waitFor();
    expect(await statusOf(byCookie, second)).toBe('accepted');
  });
});
