import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeOidc, FakeProviderFetch, newKey } from '../../../../test/support/fake-provider-fetch.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { resolveOAuthOptions } from '../oauth.options.js';
import { github } from './github.js';
import { microsoft } from './microsoft.js';
import type { OAuthProvider } from './oauth-provider.js';
import { oidc } from './oidc.js';
import { loadOpenidClient } from './openid-client.js';
import { ProviderClient, type ProviderSignIn } from './provider-client.js';
import { ProviderConfigurations } from './provider-configurations.js';
import { ProviderDocuments } from './provider-documents.js';
import { ProviderNetwork } from './provider-network.js';

const ISSUER = 'https://op.example';
const CALLBACK = 'https://id.example/auth/oauth/acme/callback';
const acme = oidc({ id: 'acme', issuer: ISSUER, clientId: 'castellan', clientSecret: 's e:c+ret' });

let clock: FakeClock;
let network: FakeProviderFetch;
let provider: FakeOidc;
let client: ProviderClient;

beforeAll(loadOpenidClient);

beforeEach(() => {
  Logger.overrideLogger(false);
  clock = new FakeClock(new Date());
  network = new FakeProviderFetch();
  provider = new FakeOidc(network, ISSUER, 'castellan', () => clock.now());
  const outbound = new ProviderNetwork(resolveOAuthOptions({ fetch: network.fetch }));
  const documents = new ProviderDocuments(outbound, clock);
  client = new ProviderClient(new ProviderConfigurations(documents, outbound, clock), outbound, clock);
});

const flow = (parameters: Readonly<Record<string, string>> = {}) => ({
  redirectUri: CALLBACK,
  state: 'state-1',
  nonce: 'nonce-1',
  codeVerifier: 'v'.repeat(43),
  parameters: { code: 'code-1', state: 'state-1', ...parameters },
});

function signIn(
  of: OAuthProvider = acme,
  parameters: Readonly<Record<string, string>> = {},
): Promise<ProviderSignIn> {
  provider.nonce = provider.nonce || 'nonce-1';
  return client.redeem(of, flow(parameters));
}

async function refusal(of: Promise<unknown>): Promise<string> {
  const error: unknown = await of.then(
    () => new Error('It passed.'),
    (reason: unknown) => reason,
  );
  return error instanceof AuthError ? error.code : String(error);
}

describe('an OpenID provider', () => {
  it('is asked with PKCE and nonce', async () => {
    const url = await client.authorizationUrl(acme, flow());
    expect(url.origin + url.pathname).toBe(`${ISSUER}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'castellan',
      response_type: 'code',
      scope: 'openid email profile',
      redirect_uri: CALLBACK,
      nonce: 'nonce-1',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(network.countOf(`${ISSUER}/jwks`)).toBe(0);
  });

  it('tells who signed in, and gives tokens', async () => {
    provider.claims = { email: 'Ada@Example.com', email_verified: true, preferred_username: 'ada' };
    provider.userInfo = {
      name: 'Ada\u0000 Lovelace',
      picture: 'javascript:alert(1)',
      locale: 'en_GB',
      email: 'other@example.com',
    };
    expect(await signIn()).toEqual({
      issuer: ISSUER,
      profile: {
        subject: 'sub-1',
        email: 'Ada@example.com',
        emailVerified: true,
        username: 'ada',
        name: 'Ada Lovelace',
        firstName: null,
        lastName: null,
        avatar: null,
        locale: 'en-GB',
      },
      tokens: {
        accessToken: 'at-1',
        refreshToken: 'rt-1',
        idToken: expect.any(String),
        tokenType: 'bearer',
        scopes: ['openid', 'email'],
        expiresAt: new Date(clock.now().getTime() + 3_600_000),
      },
    });
    const token = network.requests.find(({ url }) => url === `${ISSUER}/token`);
    expect(token?.headers['authorization']).toBe(`Basic ${btoa('castellan:s+e%3Ac%2Bret')}`);
    expect(Object.fromEntries(token?.body ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      code: 'code-1',
      redirect_uri: CALLBACK,
      code_verifier: 'v'.repeat(43),
    });
  });

  it('counts an address as verified only by the document that it stands in', async () => {
    provider.claims = { email: 'ada@example.com' };
    provider.userInfo = { email: 'ada@example.com', email_verified: true };
    expect((await signIn()).profile).toMatchObject({ email: 'ada@example.com', emailVerified: false });
    provider.claims = { email_verified: true };
    provider.userInfo = { email: 'ada@example.com' };
    expect((await signIn()).profile).toMatchObject({ email: 'ada@example.com', emailVerified: false });
    const trusted = oidc({ id: 'acme', issuer: ISSUER, clientId: 'castellan', trustEmails: true });
    expect((await signIn(trusted)).profile.emailVerified).toBe(true);
  });

  it.each([
    ['another audience', { aud: 'somebody' }],
    ['more audiences', { aud: ['castellan', 'somebody'] }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['another nonce', { nonce: 'other' }],
    ['no subject', { sub: undefined }],
    ['a subject that cannot be kept', { sub: 'a'.repeat(256) }],
    ['an end in the past', { exp: 1 }],
  ])('is not believed with %s', async (_name, claims: Readonly<Record<string, unknown>>) => {
    provider.nonce = 'nonce-1';
    provider.claims = claims;
    provider.userInfo = claims['sub'] === undefined ? {} : { sub: claims['sub'] };
    expect(await refusal(signIn())).toBe('oauth.identity_rejected');
  });

  it('is not believed with another signature, another user behind the token, or another iss', async () => {
    provider.key = newKey('k1');
    expect(await refusal(signIn())).toBe('oauth.identity_rejected');
    provider.published = [provider.key];
    clock.advance(300_001);
    provider.userInfo = { sub: 'somebody' };
    expect(await refusal(signIn())).toBe('oauth.identity_rejected');
    provider.userInfo = {};
    expect(await refusal(signIn(acme, { iss: 'https://evil.example' }))).toBe('oauth.identity_rejected');
    expect(await refusal(signIn(acme, { state: 'state-2' }))).toBe('oauth.identity_rejected');
    expect((await signIn(acme, { iss: ISSUER })).profile.subject).toBe('sub-1');
  });

  it('may change its key at any time', async () => {
    await signIn();
    provider.rotateKey('k2');
    expect((await signIn()).profile.subject).toBe('sub-1');
    expect(network.countOf(`${ISSUER}/jwks`)).toBe(2);
    // Within the cool-down it is not asked for every key that somebody names.
    provider.rotateKey('k3');
    expect(await refusal(signIn())).toBe('oauth.identity_rejected');
    expect(network.countOf(`${ISSUER}/jwks`)).toBe(2);
    clock.advance(30_000);
    expect((await signIn()).profile.subject).toBe('sub-1');
  });

  it('is asked once for its documents, and known from them while they cannot be had', async () => {
    await Promise.all(Array.from({ length: 20 }, () => signIn()));
    expect(network.countOf(`${ISSUER}/.well-known/openid-configuration`)).toBe(1);
    expect(network.countOf(`${ISSUER}/jwks`)).toBe(1);
    network.off(`${ISSUER}/.well-known/openid-configuration`);
    network.off(`${ISSUER}/jwks`);
    clock.advance(3_600_001);
    expect((await signIn()).profile.subject).toBe('sub-1');
  });

  it('takes tokens for refresh tokens', async () => {
    provider.tokenAnswer = { refresh_token: 'rt-2', id_token: undefined, scope: undefined };
    expect(await client.refresh(acme, 'rt-1', ['openid'])).toMatchObject({
      accessToken: 'at-1',
      refreshToken: 'rt-2',
      idToken: null,
    });
    expect(network.requests.at(-1)?.body.get('refresh_token')).toBe('rt-1');
  });

  it.each([
    ['invalid_grant', 400, 'oauth.invalid_grant'],
    ['invalid_client', 400, 'oauth.provider_misconfigured'],
    ['unauthorized_client', 400, 'oauth.provider_misconfigured'],
    ['server_error', 500, 'oauth.provider_unavailable'],
    ['something_else', 400, 'oauth.provider_error'],
  ])('refuses with %s', async (error, status, code) => {
    network.on(`${ISSUER}/token`, () => Response.json({ error }, { status }));
    expect(await refusal(signIn())).toBe(code);
  });

  it.each(['access_denied', 'login_required', 'temporarily_unavailable'])(
    'sends the browser back with %s',
    async (error) => {
      const expected = {
        access_denied: 'oauth.access_denied',
        login_required: 'oauth.interaction_required',
        temporarily_unavailable: 'oauth.provider_unavailable',
      }[error];
      expect(await refusal(client.redeem(acme, { ...flow(), parameters: { error, state: 'state-1' } }))).toBe(
        expected,
      );
    },
  );

  it('fails in ways that are told apart', async () => {
    const answers: [() => Response, string][] = [
      [() => new Response('oops', { status: 500 }), 'oauth.provider_unavailable'],
      [() => new Response(null, { status: 302, headers: { location: '/' } }), 'oauth.provider_error'],
      [() => new Response('<html>', { headers: { 'content-type': 'text/html' } }), 'oauth.provider_error'],
      [
        () => new Response('{"access', { headers: { 'content-type': 'application/json' } }),
        'oauth.provider_error',
      ],
      [
        () => new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic' } }),
        'oauth.provider_misconfigured',
      ],
    ];
    for (const [answer, code] of answers) {
      network.on(`${ISSUER}/token`, answer);
      expect(await refusal(signIn())).toBe(code);
    }
    network.off(`${ISSUER}/token`);
    expect(await refusal(signIn())).toBe('oauth.provider_unavailable');
    network.off(`${ISSUER}/.well-known/openid-configuration`);
    const other = oidc({ id: 'other', issuer: 'https://down.example', clientId: 'c' });
    expect(await refusal(client.authorizationUrl(other, flow()))).toBe('oauth.provider_unavailable');
  });

  it('has to name itself in its configuration document', async () => {
    const swapped = new FakeOidc(network, 'https://two.example', 'castellan', () => clock.now(), {
      issuer: ISSUER,
    });
    const two = oidc({ id: 'two', issuer: swapped.issuer, clientId: 'castellan' });
    expect(await refusal(client.authorizationUrl(two, flow()))).toBe('oauth.identity_rejected');
  });
});

describe('a provider of plain OAuth 2.0', () => {
  const hub = github({ clientId: 'castellan', clientSecret: 'secret' });
  beforeEach(() => {
    network
      .on('https://github.com/login/oauth/access_token', () => ({
        access_token: 'gho',
        token_type: 'bearer',
        scope: 'read:user,user:email',
      }))
      .on('https://api.github.com/user', () => ({
        id: 42,
        login: 'ada',
        email: 'typed@example.com',
        name: 'Ada',
      }))
      .on('https://api.github.com/user/emails', () => [
        { email: 'old@example.com', verified: true, primary: false },
        { email: 'ada@example.com', verified: true, primary: true },
      ]);
  });

  it('is asked who the user is', async () => {
    expect(await signIn(hub)).toMatchObject({
      issuer: null,
      profile: { subject: '42', email: 'ada@example.com', emailVerified: true, username: 'ada' },
      tokens: {
        accessToken: 'gho',
        refreshToken: null,
        scopes: ['read:user', 'user:email'],
        expiresAt: null,
      },
    });
    const asked = network.requests.find(({ url }) => url === 'https://api.github.com/user');
    expect(asked?.headers['authorization']).toBe('Bearer gho');
  });

  it('may keep addresses to itself', async () => {
    network.on('https://api.github.com/user/emails', () => new Response('{}', { status: 404 }));
    expect((await signIn(hub)).profile).toMatchObject({ subject: '42', email: null, emailVerified: false });
    network.on('https://api.github.com/user', () => new Response('{}', { status: 403 }));
    expect(await refusal(signIn(hub))).toBe('oauth.identity_rejected');
  });

  it('may refuse with a status of success', async () => {
    network.on('https://github.com/login/oauth/access_token', () => ({ error: 'bad_verification_code' }));
    expect(await refusal(signIn(hub))).toBe('oauth.invalid_grant');
  });
});

describe('Microsoft', () => {
  const TENANT = '11111111-2222-3333-4444-555555555555';
  const AUTHORITY = 'https://login.microsoftonline.com';
  const options = { clientId: 'castellan', clientSecret: 'secret' };

  beforeEach(() => {
    const issuer = `${AUTHORITY}/common/v2.0`;
    provider = new FakeOidc(network, issuer, 'castellan', () => clock.now(), {
      issuer: `${AUTHORITY}/{tenantid}/v2.0`,
    });
    provider.claims = { iss: `${AUTHORITY}/${TENANT}/v2.0`, tid: TENANT, email: 'ada@example.com' };
  });

  it('is known by tenant and subject, and vouches for no address that it does not say it checked', async () => {
    expect(await signIn(microsoft(options))).toMatchObject({
      issuer: `${AUTHORITY}/${TENANT}/v2.0`,
      profile: { subject: 'sub-1', email: 'ada@example.com', emailVerified: false },
    });
    provider.claims = { ...provider.claims, xms_edov: true };
    expect((await signIn(microsoft(options))).profile.emailVerified).toBe(true);
  });

  it('is refused for other tenants', async () => {
    const other = '99999999-2222-3333-4444-555555555555';
    expect(await refusal(signIn(microsoft({ ...options, allowedTenants: [other] })))).toBe(
      'oauth.identity_rejected',
    );
    expect((await signIn(microsoft({ ...options, allowedTenants: [TENANT] }))).profile.subject).toBe('sub-1');
    provider.claims = { ...provider.claims, tid: other };
    expect(await refusal(signIn(microsoft(options)))).toBe('oauth.identity_rejected');
  });
});
