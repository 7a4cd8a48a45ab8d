import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  fetchUserInfo,
  randomPKCECodeVerifier,
} from 'openid-client';
import { Browser } from './support/browser/browser.js';
import { denyAtProvider, OidcTestProvider, signInAtProvider } from './support/oidc-provider.js';

const REDIRECT_URI = 'https://app.example.test/callback';
const ADA = {
  sub: 'ada',
  email: 'ada@example.com',
  email_verified: true,
  name: 'Ada',
  picture: 'https://p.example/a',
};
const stopAt = (url: URL): boolean => url.href.startsWith(REDIRECT_URI);

describe('The provider that tests sign in at', () => {
  let provider: OidcTestProvider;
  let client: Configuration;
  const verifier = randomPKCECodeVerifier();

  beforeAll(async () => {
    provider = await OidcTestProvider.start({ redirectUris: [REDIRECT_URI], users: [ADA] });
    client = await discovery(new URL(provider.issuer), provider.clientId, provider.clientSecret, undefined, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- The provider is on this machine.
      execute: [allowInsecureRequests],
    });
  });

  afterAll(() => provider.close());

  const authorization = async (parameters: Record<string, string> = {}): Promise<URL> =>
    buildAuthorizationUrl(client, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid email profile',
      code_challenge: await calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state: 'xyz',
      ...parameters,
    });

  it('leads through login and consent, and gives claims', async () => {
    const browser = new Browser();
    const login = await browser.goto(await authorization());
    const { url } = await signInAtProvider(browser, login, 'ada', { stopAt });
    const tokens = await authorizationCodeGrant(client, url, {
      pkceCodeVerifier: verifier,
      expectedState: 'xyz',
    });
    expect(tokens.claims()?.sub).toBe('ada');
    expect(await fetchUserInfo(client, tokens.access_token, 'ada')).toMatchObject(ADA);
  });

  it('remembers who is logged in, until the cookies are gone', async () => {
    const browser = new Browser();
    await signInAtProvider(browser, await browser.goto(await authorization()), 'ada', { stopAt });
    expect((await browser.goto(await authorization(), { stopAt })).param('code')).toEqual(expect.any(String));
    browser.cookies.clear();
    expect((await browser.goto(await authorization(), { stopAt })).text).toContain('id="login"');
  });

  it('posts its answer as a form', async () => {
    const browser = new Browser();
    const login = await browser.goto(await authorization({ response_mode: 'form_post' }));
    const page = await signInAtProvider(browser, login, 'ada', { stopAt });
    expect(page.form()).toMatchObject({
      method: 'POST',
      fields: { code: expect.any(String), state: 'xyz', iss: provider.issuer },
    });
    expect(page.form().action.href).toBe(REDIRECT_URI);
  });

  it('sends back who says no', async () => {
    const browser = new Browser();
    const page = await denyAtProvider(browser, await browser.goto(await authorization()), { stopAt });
    expect(page.param('error')).toBe('access_denied');
  });

  it('knows no other redirect URI', async () => {
    const page = await new Browser().goto(await authorization({ redirect_uri: 'https://evil.example/' }));
    expect(page.status).toBe(400);
  });
});
