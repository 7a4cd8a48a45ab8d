import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  type Configuration,
  discovery,
  // Without it, signatures of ID tokens from the token endpoint are not looked at.
  enableNonRepudiationChecks,
  fetchUserInfo,
} from 'openid-client';
import { Browser } from './support/browser/browser.js';
import { HostileProvider } from './support/hostile-provider.js';
import { CALLBACK_ATTACKS, ID_TOKEN_ATTACKS } from './support/hostile/attacks.js';

const REDIRECT_URI = 'https://app.example.test/callback';
const VERIFIER = 'v'.repeat(43);
const NONCE = 'n'.repeat(43);

describe('The provider that attacks', () => {
  let provider: HostileProvider;
  let client: Configuration;

  beforeAll(async () => {
    provider = await HostileProvider.start();
    client = await discovery(new URL(provider.issuer), provider.clientId, provider.clientSecret, undefined, {
      // eslint-disable-next-line @typescript-eslint/no-deprecated -- The provider is on this machine.
      execute: [allowInsecureRequests, enableNonRepudiationChecks],
    });
  });

  beforeEach(() => provider.attack());

  afterAll(() => provider.close());

  const signIn = async (): Promise<object | undefined> => {
    const authorization = buildAuthorizationUrl(client, {
      redirect_uri: REDIRECT_URI,
      scope: 'openid email',
      code_challenge: await calculatePKCECodeChallenge(VERIFIER),
      code_challenge_method: 'S256',
      state: 's',
      nonce: NONCE,
    });
    const stopAt = (url: URL): boolean => url.href.startsWith(REDIRECT_URI);
    const { url } = await new Browser().goto(authorization, { stopAt });
    const checks = {
      pkceCodeVerifier: VERIFIER,
      expectedState: 's',
      expectedNonce: NONCE,
      idTokenExpected: true,
    };
    const tokens = await authorizationCodeGrant(client, url, checks);
    return fetchUserInfo(client, tokens.access_token, String(tokens.claims()?.sub));
  };

  it('is sound unless told otherwise', async () => {
    provider.user = { sub: 'ada', claims: { email: 'ada@example.com' } };
    expect(await signIn()).toEqual({ sub: 'ada', email: 'ada@example.com' });
    expect(provider.asked).toMatchObject({ discovery: 1, authorize: 1, token: 1, userinfo: 1 });
  });

  it.each([...ID_TOKEN_ATTACKS, ...CALLBACK_ATTACKS, 'userinfo_sub_mismatch', 'access_denied'] as const)(
    'is seen through by a careful client: %s',
    async (attack) => {
      provider.attack(attack);
      await expect(signIn()).rejects.toThrow();
    },
  );
});
