import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { FakeOidc, type FakeRequest } from '../../../../test/support/fake-provider-fetch.js';
import { type Begun, locationOf, OAuthFixture, TARGET } from '../../../../test/support/oauth-fixture.js';
import type { Answer } from '../../../testing/index.js';
import { parseJwt } from '../../core/index.js';
import { apple, discord, google, microsoft, type OAuthProvider } from '../index.js';

const CLIENT = { clientId: 'castellan', clientSecret: 'the secret' };
const TENANT = '11111111-2222-3333-4444-555555555555';
const APPLE_KEY = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const APPLE = { clientId: 'castellan', teamId: 'TEAM123456', keyId: 'KEY1234567', privateKey: APPLE_KEY };

let fixture: OAuthFixture;
afterEach(() => fixture.close());

const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What the token endpoint of every provider refuses: a code that was not given, for somewhere else, or to somebody else (RFC 6749 5.2, RFC 7636 4.6). */
function refusalOf({ body }: FakeRequest, provider: string, { url }: Begun): Response | null {
  const sound =
    body.get('grant_type') === 'authorization_code' &&
    body.get('code') === 'code-1' &&
    body.get('redirect_uri') === `https://id.example/auth/oauth/${provider}/callback` &&
    sha256(body.get('code_verifier') ?? '') === url.searchParams.get('code_challenge');
  return sound ? null : Response.json({ error: 'invalid_grant' }, { status: 400 });
}

/** Whether the client has sent its secret, by either way. */
function knowsSecret({ headers, body }: FakeRequest): boolean {
  const basic = `Basic ${btoa('castellan:the+secret')}`;
  return headers['authorization'] === basic || body.get('client_secret') === CLIENT.clientSecret;
}

/** Castellan with the provider, whose documents and keys are an OpenID provider's at `issuer`. */
async function start(
  provider: OAuthProvider,
  issuer?: string,
  metadata: Readonly<Record<string, unknown>> = {},
): Promise<FakeOidc> {
  fixture = await OAuthFixture.start({}, [provider]);
  const { network, auth } = fixture;
  return new FakeOidc(
    network,
    issuer ?? 'https://unused.example',
    'castellan',
    () => auth.clock.now(),
    metadata,
  );
}

/** Guards the token endpoint: what it would answer, it answers to a sound request alone. */
function guard(
  tokenEndpoint: string,
  provider: string,
  begun: Begun,
  answer: (request: FakeRequest) => unknown,
): void {
  fixture.network.on(tokenEndpoint, (request) => refusalOf(request, provider, begun) ?? answer(request));
}

/** Of an OpenID provider: with a fresh ID token of this nonce. */
const tokensOf = (oidc: FakeOidc, { url }: Begun) => {
  oidc.nonce = url.searchParams.get('nonce') ?? '';
  return { access_token: 'at', token_type: 'Bearer', expires_in: 3600, id_token: oidc.idToken() };
};

async function finish(provider: string, begun: Begun, answered?: Answer): Promise<Answer['body']> {
  const answer = answered ?? (await fixture.callback(provider, begun));
  const target = locationOf(answer).searchParams;
  const code = target.get('code');
  if (code === null) throw new Error(`${answer.status} ${target.get('error') ?? answer.text}`);
  return (await fixture.exchange(code)).body;
}

async function accountOf(body: Answer['body']): Promise<Record<string, unknown> | undefined> {
  return (await fixture.auth.api.get('/me/accounts', { token: body.access_token })).body.data[0];
}

describe('Google', () => {
  const ISSUER = 'https://accounts.google.com';

  it('signs in by its ID token, and is held to its hosted domain', async () => {
    const oidc = await start(google({ ...CLIENT, hostedDomain: 'example.com' }), ISSUER);
    oidc.claims = { email: 'ada@example.com', email_verified: true, hd: 'example.com', name: 'Ada' };
    const begun = await fixture.start('google');
    expect(begun.url.searchParams.get('hd')).toBe('example.com');
    guard(`${ISSUER}/token`, 'google', begun, (request) =>
      knowsSecret(request)
        ? tokensOf(oidc, begun)
        : Response.json({ error: 'invalid_client' }, { status: 401 }),
    );
    const body = await finish('google', begun);
    expect(body.user).toMatchObject({ email: 'ada@example.com', email_verified: true, name: 'Ada' });
    expect(await accountOf(body)).toMatchObject({ provider: 'google', type: 'oidc' });
    expect(fixture.network.countOf(`${ISSUER}/userinfo`)).toBe(0);

    oidc.claims = { ...oidc.claims, sub: 'sub-2', hd: 'evil.example' };
    const other = await fixture.start('google');
    guard(`${ISSUER}/token`, 'google', other, () => tokensOf(oidc, other));
    await expect(finish('google', other)).rejects.toThrow('oauth.identity_rejected');
  });
});

describe('Microsoft', () => {
  const AUTHORITY = 'https://login.microsoftonline.com';

  it('signs in users of the tenants that are wanted, each known by tenant and subject', async () => {
    const provider = microsoft({ ...CLIENT, allowedTenants: [TENANT] });
    const template = { issuer: `${AUTHORITY}/{tenantid}/v2.0` };
    const oidc = await start(provider, `${AUTHORITY}/common/v2.0`, template);
    const signIn = async (tenant: string, issuerTenant = tenant): Promise<Answer['body']> => {
      oidc.claims = {
        iss: `${AUTHORITY}/${issuerTenant}/v2.0`,
        tid: tenant,
        preferred_username: 'ada@corp.example',
      };
      const begun = await fixture.start('microsoft');
      guard(`${AUTHORITY}/common/v2.0/token`, 'microsoft', begun, () => tokensOf(oidc, begun));
      return finish('microsoft', begun);
    };
    const body = await signIn(TENANT);
    expect(await accountOf(body)).toMatchObject({
      provider: 'microsoft',
      provider_username: 'ada@corp.example',
      email_verified: false,
    });
    expect((await signIn(TENANT)).user.id).toBe(body.user.id);
    const other = '99999999-2222-3333-4444-555555555555';
    await expect(signIn(other)).rejects.toThrow('oauth.identity_rejected');
    await expect(signIn(TENANT, other)).rejects.toThrow('oauth.identity_rejected');
  });
});

describe('Apple', () => {
  const ISSUER = 'https://appleid.apple.com';

  /** As Apple looks at it: of the team, signed by its key, and not older than it says. */
  const isSigned = (secret: string): boolean => {
    const [head = '', body = '', signature = ''] = secret.split('.');
    const key = { key: createPublicKey(APPLE_KEY), dsaEncoding: 'ieee-p1363' } as const;
    const { header, claims } = parseJwt(secret) ?? {};
    const now = fixture.auth.clock.now().getTime() / 1000;
    return (
      verify('sha256', Buffer.from(`${head}.${body}`), key, Buffer.from(signature, 'base64url')) &&
      header?.['kid'] === APPLE.keyId &&
      claims?.['iss'] === APPLE.teamId &&
      claims['sub'] === APPLE.clientId &&
      claims['aud'] === ISSUER &&
      Number(claims['exp']) > now
    );
  };

  it('takes a secret that is signed here and renewed, and has the browser post its answer', async () => {
    const oidc = await start(apple(APPLE), ISSUER);
    oidc.claims = { email: 'ada@privaterelay.example', email_verified: 'true' };
    const secrets: string[] = [];
    const signIn = async (fields: Readonly<Record<string, string>> = {}): Promise<Answer['body']> => {
      const begun = await fixture.start('apple');
      expect(begun.url.searchParams.get('response_mode')).toBe('form_post');
      guard(`${ISSUER}/token`, 'apple', begun, ({ body }) => {
        const secret = body.get('client_secret') ?? '';
        secrets.push(secret);
        return isSigned(secret)
          ? tokensOf(oidc, begun)
          : Response.json({ error: 'invalid_client' }, { status: 400 });
      });
      // From another site, so without our cookie.
      const form = new URLSearchParams({ code: 'code-1', state: begun.state, ...fields });
      const posted = await fetch(`${fixture.auth.url}/auth/oauth/apple/callback`, {
        method: 'POST',
        body: form,
        redirect: 'manual',
        headers: { origin: ISSUER, 'sec-fetch-site': 'cross-site' },
      });
      expect(posted.status).toBe(303);
      const next = new URL(posted.headers.get('location') ?? '');
      expect(next.origin + next.pathname).toBe('https://id.example/auth/oauth/apple/callback');
      const path = `/oauth/apple/callback${next.search}`;
      const answer = await fixture.auth.api.get(path, { headers: { cookie: begun.cookie } });
      expect(locationOf(answer).href.startsWith(TARGET)).toBe(true);
      return finish('apple', begun, answer);
    };
    const user = JSON.stringify({
      name: { firstName: 'Ada', lastName: 'Lovelace' },
      email: 'forged@example.com',
    });
    const body = await signIn({ user });
    expect(body.user).toMatchObject({
      email: 'ada@privaterelay.example',
      email_verified: true,
      first_name: 'Ada',
      last_name: 'Lovelace',
    });
    fixture.auth.clock.advance(2 * 60 * 60_000);
    expect((await signIn()).user.id).toBe(body.user.id);
    expect(new Set(secrets).size).toBe(2);
  });
});

describe('Discord', () => {
  const API = 'https://discord.com/api/v10';

  it.each([true, false])('signs in by its API (address verified: %s)', async (verified) => {
    await start(discord(CLIENT));
    const begun = await fixture.start('discord');
    expect(begun.url.origin + begun.url.pathname).toBe('https://discord.com/oauth2/authorize');
    expect(begun.url.searchParams.get('nonce')).toBeNull();
    guard(`${API}/oauth2/token`, 'discord', begun, (request) =>
      knowsSecret(request)
        ? {
            access_token: 'dat',
            token_type: 'Bearer',
            expires_in: 604_800,
            refresh_token: 'drt',
            scope: 'identify email',
          }
        : Response.json({ error: 'invalid_client' }, { status: 401 }),
    );
    fixture.network.on(`${API}/users/@me`, ({ headers }) =>
      headers['authorization'] === 'Bearer dat'
        ? { id: '80351110224678912', username: 'ada', email: 'ada@example.com', verified }
        : new Response(null, { status: 401 }),
    );
    const body = await finish('discord', begun);
    expect(body.user).toMatchObject({ email: 'ada@example.com', email_verified: verified, username: 'ada' });
    expect(await accountOf(body)).toMatchObject({
      provider_account_id: '80351110224678912',
      provider_username: 'ada',
    });
  });
});

describe('GitHub', () => {
  const WEB = 'https://github.com/login/oauth';

  it('signs in by its API, with the primary address of those it lists, and answers 200 to what it refuses', async () => {
    await start(discord(CLIENT));
    const begun = await fixture.start('github');
    guard(`${WEB}/access_token`, 'github', begun, ({ body, headers }) =>
      body.get('client_secret') === 'secret' && headers['accept'] === 'application/json'
        ? { access_token: 'gho', token_type: 'bearer', scope: 'read:user,user:email' }
        : { error: 'incorrect_client_credentials' },
    );
    const body = await finish('github', begun);
    expect(body.user).toMatchObject({ email: 'ada@example.com', email_verified: true });
    expect(await accountOf(body)).toMatchObject({
      provider_account_id: '42',
      scopes: ['read:user', 'user:email'],
    });

    const revoked = await fixture.start('github');
    fixture.network.on(`${WEB}/access_token`, () => ({ error: 'incorrect_client_credentials' }));
    await expect(finish('github', revoked)).rejects.toThrow('oauth.provider_misconfigured');
  });
});
