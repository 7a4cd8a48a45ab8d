import { afterAll, beforeAll, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { logIn, signUp } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { APP_URL, startTestApp, type TestApp } from '../support/test-app.js';

const SLOW = 60_000;

describeInChromium('The pages that links of core lead to, in a browser', () => {
  let browser: Browser;
  let app: TestApp;
  let page: Page;

  beforeAll(async () => {
    app = await startTestApp();
    browser = await launchChromium();
    page = await browser.newPage();
  }, SLOW);

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  }, SLOW);

  const open = async (email: string): Promise<void> => {
    await app.drainOutbox();
    await page.goto('about:blank');
    await page.goto(app.mailbox.lastLink(email).replace(APP_URL, app.url));
  };

  it('confirm an address', async () => {
    const { email } = await signUp(app);
    await open(email);
    await page.getByRole('button', { name: 'Confirm address' }).click();
    await page.getByText('Your email address is confirmed.').waitFor();
  });

  it('set a new password, written twice', async () => {
    const { email } = await signUp(app);
    await app.drainOutbox();
    await app.api.post('/password/forgot', { email });
    await open(email);
    const password = 'another gate with 9 bolts';
    await page.getByLabel('New password', { exact: true }).fill(password);
    await page.getByLabel('New password, once more').fill('something else');
    await page.getByRole('button').click();
    await page.getByText('The two passwords are not the same.').waitFor();
    await page.getByLabel('New password, once more').fill(password);
    await page.getByRole('button').click();
    await page.getByText('Your password is changed.').waitFor();
    await logIn(app, { email, password });
  });
});
