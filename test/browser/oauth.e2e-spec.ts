import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { oauth, oidc } from '../../src/modules/oauth/index.js';
import { createTestAuth } from '../../src/testing/index.js';
import { freshEmail, freshName } from '../support/accounts.js';
import { describeInChromium, launchChromium } from '../support/chromium.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { OAuthClientApp } from '../support/oauth-client-app.js';
import { environmentOf } from '../support/oauth-world.js';
import { OidcTestProvider, type ProviderUser } from '../support/oidc-provider.js';
import { startTestApp } from '../support/test-app.js';

const SLOW = 60_000;
const IDS = ['plain', 'posting'] as const;

describeInChromium('Sign-in by a provider, in a browser', () => {
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let client: OAuthClientApp;
  /** What the world sees of the two applications: a standalone one, and one whose provider answers by a form. */
  let appUrls: Readonly<Record<(typeof IDS)[number], string>>;
  let provider: OidcTestProvider;
  let complaints: string[];
  let addresses: string[];
  const closing: { close(): Promise<void> }[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    client = await OAuthClientApp.start();
    const fronts = { plain: await LoopbackServer.start(), posting: await LoopbackServer.start() };
    // Another site than the client's and the provider's.
    const publicly = ({ origin }: LoopbackServer): string => origin.replace('127.0.0.1', 'localhost');
    appUrls = { plain: publicly(fronts.plain), posting: publicly(fronts.posting) };
    provider = await OidcTestProvider.start({
      redirectUris: IDS.map((id) => `${appUrls[id]}/auth/oauth/${id}/callback`),
    });
    const app = await startTestApp({
      env: {
        ...environmentOf([['plain', provider]]),
        APP_URL: appUrls.plain,
        REDIRECT_ALLOWLIST: `${client.origin}/signed-in`,
        CORS_ORIGINS: client.origin,
      },
    });
    const { issuer, clientId, clientSecret } = provider;
    const auth = await createTestAuth({
      appUrl: appUrls.posting,
      redirectAllowlist: [`${client.origin}/signed-in`],
      modules: [
        oauth({
          providers: [oidc({ id: 'posting', issuer, clientId, clientSecret, formPost: true })],
          outbound: { allowHttp: true, allowPrivateAddresses: true },
        }),
      ],
    });
    fronts.plain.forwardTo(app.url);
    fronts.posting.forwardTo(auth.url);
    closing.push(browser, app, auth, provider, ...Object.values(fronts), client);
  }, SLOW);

  afterAll(async () => {
    for (const each of closing) await each.close();
  }, SLOW);

  beforeEach(async () => {
    context = await browser.newContext();
    complaints = [];
    addresses = [];
    context.on('weberror', (error) => complaints.push(error.error().message));
    context.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('the server responded with a status'))
        complaints.push(message.text());
    });
    context.on('request', (request) => addresses.push(request.url()));
    page = await context.newPage();
  });

  afterEach(async () => {
    await context.close();
    expect(complaints).toEqual([]);
    for (const address of addresses) expect(address).not.toMatch(/access_token|eyJ/);
  });

  const person = (): ProviderUser => {
    const user = { sub: freshName('sub'), email: freshEmail(), email_verified: true };
    provider.setUser(user);
    return user;
  };

  const signInAt = async (at: Page, { sub }: ProviderUser): Promise<void> => {
    await at.fill('#login input[name=login]', sub);
    await at.click('#login button');
    await at.click('#consent button');
  };

  const shown = (text: string): Promise<void> =>
    page.getByText(text, { exact: true }).waitFor({ timeout: 15_000 });

  /** Messages that the page was sent. */
  const heard = (): Promise<{ origin: string; data: Record<string, unknown> }[]> =>
    page.evaluate('window.heard');

  for (const id of IDS)
    describe(`that answers by ${id === 'plain' ? 'a redirect' : 'a form of another site'}`, () => {
      beforeEach(async () => {
        client.use(`${appUrls[id]}/auth`, id, id === 'plain' ? 'page' : 'server');
        await page.goto(client.origin);
      });

      it('leads to the provider and back, and ends signed in', async () => {
        const user = person();
        await page.click('#link');
        await signInAt(page, user);
        await shown(`Signed in as ${user.email ?? ''}`);
        expect(new URL(page.url()).origin).toBe(client.origin);
      });

      it('does it in a popup, which tells its opener alone and closes', async () => {
        const user = person();
        const opened = page.waitForEvent('popup');
        await page.click('#popup');
        const popup = await opened;
        const closed = popup.waitForEvent('close');
        await signInAt(popup, user);
        await closed;
        await shown(`Signed in as ${user.email ?? ''}`);
        expect(await heard()).toEqual([
          {
            origin: appUrls[id],
            data: { type: 'castellan:oauth', provider: id, code: expect.any(String) },
          },
        ]);
      });

      it('tells of a user who says no, either way', async () => {
        await page.click('#link');
        await page.click('#deny button');
        await shown('Refused: oauth.access_denied');
        await page.goto(client.origin);
        const opened = page.waitForEvent('popup');
        await page.click('#popup');
        const popup = await opened;
        const closed = popup.waitForEvent('close');
        await popup.click('#deny button');
        await closed;
        await shown('Refused: oauth.access_denied');
      });
    });

  it('keeps its cookie from scripts, and sets none at the client', async () => {
    client.use(`${appUrls.plain}/auth`, 'plain', 'page');
    await page.goto(client.origin);
    await page.click('#link');
    await page.waitForSelector('#login');
    const cookies = await context.cookies(appUrls.plain);
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Lax', path: '/' })]);
    expect(cookies[0]?.name).toBe('castellan_oauth');
  });

  it('says nothing to an opener of another origin than the one that was asked for', async () => {
    client.use(`${appUrls.plain}/auth`, 'plain', 'page');
    const evil = await LoopbackServer.start();
    const evilOrigin = evil.origin.replace('127.0.0.1', 'localhost');
    const start = `${appUrls.plain}/auth/oauth/plain/start?mode=popup&redirect_to=${client.origin}/signed-in`;
    evil.answerWith((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<script>window.heard = []; addEventListener('message', ({ data }) => window.heard.push(data))</script>
<button onclick="window.open('${start}', 'x', 'width=500,height=600')">Open</button>`);
    });
    try {
      await page.goto(evilOrigin);
      const opened = page.waitForEvent('popup');
      await page.click('button');
      const popup = await opened;
      const closed = popup.waitForEvent('close');
      await signInAt(popup, person());
      await closed;
      expect(await heard()).toEqual([]);
      // Chromium says that the origins differ; that is what is wanted here.
      complaints = complaints.filter((text) => !text.includes('postMessage'));
    } finally {
      await evil.close();
    }
  });
});
