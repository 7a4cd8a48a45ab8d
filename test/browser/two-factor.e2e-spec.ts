import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { DEVICE_COOKIE } from '../../src/shared/http/device-token.js';
import { freshPhone, signUp } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { APP_URL, startTestApp, type TestApp } from '../support/test-app.js';
import { appCode, appCodeBefore, wrongCode } from '../support/two-factor.js';

const SLOW = 60_000;
/** The app that a sign-in leads on to. */
const TARGET = 'https://app.example.test/in';

describeInChromium('The second factor after a magic link, in a browser', () => {
  let browser: Browser;
  let app: TestApp;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];
  let addresses: string[];

  beforeAll(async () => {
    app = await startTestApp({
      env: {
        REDIRECT_ALLOWLIST: TARGET,
        TOKEN_TRANSPORT: 'cookie',
        TWO_FACTOR_POLICY: 'required',
      },
    });
    browser = await launchChromium();
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  }, SLOW);

  const openBrowser = async (): Promise<void> => {
    context = await browser.newContext();
    await context.route(`${TARGET}**`, (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>Welcome' }),
    );
    page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        complaints.push(message.text());
    });
    page.on('request', (request) => addresses.push(request.url()));
  };

  /** Another one, which knows nothing. */
  const changeBrowser = async (): Promise<void> => {
    await context.close();
    await openBrowser();
  };

  beforeEach(async () => {
    complaints = [];
    addresses = [];
    await openBrowser();
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
  });

  /** By the mailed link, as far as its button leads. */
  const followLink = async (email: string, fields: object = {}): Promise<void> => {
    const asked = await app.api.post('/magic-link', { email, ...fields });
    expect(asked.status).toBe(202);
    await app.drainOutbox();
    await page.goto('about:blank');
    await page.goto(app.mailbox.lastLink(email).replace(APP_URL, app.url));
    await page.getByRole('button', { name: 'Sign in' }).click();
  };

  const enterCode = async (code: string): Promise<void> => {
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Continue' }).click();
  };

  /** Sets up the app that the account has to have, on the way in; the code of the step before is spent. */
  const enrolOnTheWay = async (email: string): Promise<{ secret: string; backupCodes: string[] }> => {
    await followLink(email);
    await page.getByText('Your account needs a second factor.').waitFor();
    const secret = (await page.locator('#secret').textContent()) ?? '';
    await enterCode(await appCodeBefore(secret));
    await page.getByRole('heading', { name: 'Your backup codes' }).waitFor();
    const backupCodes = await page.locator('#backup li').allTextContents();
    await page.getByRole('button', { name: 'I have kept them' }).click();
    await page.getByText('You are signed in.').waitFor();
    return { secret, backupCodes };
  };

  const cookieNames = async (): Promise<string[]> => (await context.cookies()).map(({ name }) => name).sort();

  it('is set up where it has to be, and its codes are shown once', async () => {
    const { email } = await signUp(app);
    await followLink(email);
    await page.getByRole('heading', { name: 'One more proof', level: 1 }).waitFor();
    await page.getByAltText('QR code for an authenticator app').waitFor();
    const shown = await page.locator('#qr').evaluate((image) => Reflect.get(image, 'naturalWidth') as number);
    expect(shown).toBeGreaterThan(100);
    expect(await cookieNames()).toEqual([]);
    await changeBrowser();

    const { backupCodes } = await enrolOnTheWay(email);
    expect(new Set(backupCodes).size).toBe(10);
    expect(await cookieNames()).toEqual(['__Host-castellan_access', '__Host-castellan_refresh']);
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
    const me = await page.evaluate(async (url) => (await fetch(url)).json(), `${app.url}/auth/me`);
    expect(me).toMatchObject({ email });
  });

  it('is asked for, and then leads on with nothing in the address', async () => {
    const { email } = await signUp(app);
    const { secret } = await enrolOnTheWay(email);
    await changeBrowser();
    await followLink(email, { redirect_to: `${TARGET}?state=7` });
    const authenticator = page.getByLabel('Code of an authenticator app');
    await authenticator.waitFor();
    expect([await authenticator.isChecked(), await page.getByLabel('Email').isVisible()]).toEqual([
      true,
      false,
    ]);
    expect(page.url()).toBe(`${app.url}/auth/pages/two-factor`);
    await page.reload();
    await enterCode(wrongCode(secret));
    await page.getByText('The code is wrong, has expired, or has been used.').waitFor();
    const field = page.getByLabel('Code', { exact: true });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await field.evaluate((element) => element.ownerDocument.activeElement === element)).toBe(true);
    expect(await cookieNames()).toEqual([]);
    await page.getByLabel('Do not ask again on this device').check();
    const right = appCode(secret);
    await enterCode(`${right.slice(0, 3)} ${right.slice(3)}`);
    await page.waitForURL(`${TARGET}?state=7`);
    expect(await cookieNames()).toEqual(
      ['__Host-castellan_access', '__Host-castellan_refresh', DEVICE_COOKIE].sort(),
    );
    expect(addresses.filter((address) => /code=|token=|challenge=/.test(address))).toEqual([]);

    await followLink(email);
    await page.getByText('You are signed in.').waitFor();
  });

  it('may be a text message, or a backup code', async () => {
    const { email } = await signUp(app);
    const { backupCodes } = await enrolOnTheWay(email);
    const phone = freshPhone();
    const post = (path: string, body: object): Promise<number> =>
      page.evaluate(
        async ([url = '', text]) =>
          (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text }))
            .status,
        [`${app.url}/auth${path}`, JSON.stringify(body)],
      );
    expect(await post('/two-factor/sms/enrol', { phone_number: phone })).toBe(200);
    await app.drainOutbox();
    expect(await post('/two-factor/sms/confirm', { code: app.mailbox.lastCode(phone) })).toBe(200);

    await changeBrowser();
    await followLink(email);
    await page.getByLabel('Text message').check();
    await page.getByRole('button', { name: 'Send a code' }).click();
    await page.getByText(`A code is on its way to •••• ${phone.slice(-4)}.`).waitFor();
    await app.drainOutbox();
    await enterCode(app.mailbox.lastCode(phone));
    await page.getByText('You are signed in.').waitFor();

    await changeBrowser();
    await followLink(email);
    await page.getByRole('radio', { name: 'Backup code' }).check();
    expect(await page.getByRole('button', { name: 'Send a code' }).isVisible()).toBe(false);
    await enterCode((backupCodes[0] ?? '').toLowerCase());
    await page.getByText('You are signed in.').waitFor();
  });

  it('belongs to a sign-in that is open', async () => {
    await page.goto(`${app.url}/auth/pages/two-factor`);
    await page.getByText('This page belongs to a sign-in.').waitFor();
    expect(await page.getByLabel('Code', { exact: true }).isVisible()).toBe(false);
    const { email } = await signUp(app);
    const { secret } = await enrolOnTheWay(email);
    await changeBrowser();
    await followLink(email);
    await page.getByLabel('Code of an authenticator app').waitFor();
    await app.sql("DELETE FROM castellan.tokens WHERE type = 'login_challenge'");
    await enterCode(appCode(secret));
    await page.getByText('This sign-in has expired or is over.').waitFor();
    expect(await page.evaluate('sessionStorage.length')).toBe(0);
  });
});
