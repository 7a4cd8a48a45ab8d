import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ISSUER, locationOf, OAuthFixture, TARGET } from '../../../../test/support/oauth-fixture.js';
import { oidc } from '../provider/oidc.js';

let fixture: OAuthFixture;
beforeEach(async () => {
  fixture = await OAuthFixture.start();
});
afterEach(() => fixture.close());

const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');

describe('the providers', () => {
  it('are listed', async () => {
    const { status, body } = await fixture.auth.api.get('/oauth/providers');
    expect([status, body]).toEqual([
      200,
      {
        data: [
          { id: 'acme', name: 'Acme' },
          { id: 'github', name: 'GitHub' },
        ],
      },
    ]);
  });

  it('are known', async () => {
    for (const answer of [
      (await fixture.start('other')).answer,
      (await fixture.authorize('other', { mode: 'json' })).answer,
      await fixture.callback('other', { state: 'x', cookie: '' }),
    ])
      expect([answer.status, answer.body.code]).toEqual([404, 'oauth.provider_not_found']);
  });
});

describe('a sign-in by redirect', () => {
  it('goes to the provider and comes back with a code that is exchanged once, for tokens', async () => {
    const begun = await fixture.start('acme');
    expect(begun.answer.status).toBe(302);
    expect(begun.answer.headers.get('set-cookie')).toMatch(
      /^__Host-castellan_oauth=[\w-]{43}; Path=\/; Max-Age=660; HttpOnly; Secure; SameSite=Lax$/,
    );
    expect(begun.url.searchParams.get('redirect_uri')).toBe('https://id.example/auth/oauth/acme/callback');
    const answer = await fixture.callback('acme', begun);
    const back = locationOf(answer);
    expect([answer.status, back.origin + back.pathname]).toEqual([302, TARGET]);
    expect([...back.searchParams.keys()]).toEqual(['code']);
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    const code = back.searchParams.get('code') ?? '';
    const exchanged = await fixture.exchange(code, { cookie: begun.cookie });
    expect([exchanged.status, exchanged.body['status']]).toEqual([200, 'authenticated']);
    expect(exchanged.headers.get('cache-control')).toBe('no-store');
    const me = await fixture.auth.api.get('/me', { token: exchanged.body.access_token });
    expect(me.status).toBe(200);
    expect(await fixture.exchange(code)).toMatchObject({ status: 400, body: { code: 'core.invalid_code' } });
  });

  it('ends in the browser that began, at the provider that it began with, once, and in time', async () => {
    const invalid = { status: 400, body: { code: 'oauth.state_invalid' } };
    const begun = await fixture.start('acme');
    const another = await fixture.start('acme');
    expect(await fixture.callback('acme', { ...begun, cookie: another.cookie })).toMatchObject(invalid);
    expect(await fixture.callback('acme', { ...begun, cookie: '' })).toMatchObject(invalid);
    expect(await fixture.callback('github', begun)).toMatchObject(invalid);
    expect(await fixture.callback('acme', { ...begun, state: 'x' })).toMatchObject(invalid);
    fixture.acme.nonce = begun.url.searchParams.get('nonce') ?? '';
    expect((await fixture.callback('acme', begun)).status).toBe(302);
    expect(await fixture.callback('acme', begun)).toMatchObject(invalid);
    fixture.auth.clock.advance(10 * 60_000);
    expect(await fixture.callback('acme', another)).toMatchObject(invalid);
  });

  it('may be under way in several tabs', async () => {
    const first = await fixture.start('acme');
    const nonce = fixture.acme.nonce;
    const second = await fixture.start('acme', {}, first.cookie);
    expect(second.cookie).toBe(first.cookie);
    expect(locationOf(await fixture.callback('acme', second)).searchParams.has('code')).toBe(true);
    fixture.acme.nonce = nonce;
    expect(locationOf(await fixture.callback('acme', first)).searchParams.has('code')).toBe(true);
  });

  it('gives one of fifty the result, of a state and of a code', async () => {
    const begun = await fixture.start('acme');
    const answers = await Promise.all(Array.from({ length: 50 }, () => fixture.callback('acme', begun)));
    const codes = answers.flatMap((answer) => locationOf(answer).searchParams.get('code') ?? []);
    expect([codes.length, answers.filter(({ status }) => status === 400).length]).toEqual([1, 49]);
    const exchanged = await Promise.all(Array.from({ length: 50 }, () => fixture.exchange(codes[0] ?? '')));
    expect(exchanged.filter(({ status }) => status === 200)).toHaveLength(1);
  });

  it('goes only where it may', async () => {
    for (const redirect_to of [
      'https://evil.example',
      'https://app.example.evil.example',
      'javascript:alert(1)',
    ])
      expect((await fixture.start('acme', { redirect_to })).answer).toMatchObject({
        status: 400,
        body: { code: 'core.redirect_not_allowed' },
      });
    expect((await fixture.authorize('acme', {})).answer.body.code).toBe('oauth.redirect_required');
    // The scheme of an app is no origin that a popup could tell.
    const redirect_to = 'com.example.app:/done';
    expect((await fixture.start('acme', { redirect_to })).answer.status).toBe(302);
    expect((await fixture.start('acme', { redirect_to, mode: 'popup' })).answer.body.code).toBe(
      'core.redirect_not_allowed',
    );
  });

  it('exchanges its code in the browser that it was given to, within a minute, and not after what ends sessions', async () => {
    const other = await fixture.start('acme');
    const first = (await fixture.walk('acme')).get('code') ?? '';
    expect((await fixture.exchange(first, { cookie: other.cookie })).body.code).toBe('core.invalid_code');
    expect((await fixture.exchange(first)).status).toBe(200);
    const late = (await fixture.walk('acme')).get('code') ?? '';
    fixture.auth.clock.advance(60_000);
    expect((await fixture.exchange(late)).body.code).toBe('core.invalid_code');
  });

  it('asks for the client’s own verifier where it gave a challenge', async () => {
    const code = (await fixture.walk('acme', { code_challenge: CHALLENGE })).get('code') ?? '';
    const refused = { status: 400, body: { code: 'oauth.code_verifier_invalid' } };
    expect(await fixture.exchange(code)).toMatchObject(refused);
    expect(await fixture.exchange(code, { code_verifier: 'x'.repeat(43) })).toMatchObject(refused);
    expect((await fixture.exchange(code, { code_verifier: VERIFIER })).status).toBe(200);
  });

  it('comes back with what went wrong', async () => {
    const errorOf = async (query: Readonly<Record<string, string>>): Promise<unknown> => {
      const begun = await fixture.start('acme');
      const { searchParams } = locationOf(await fixture.callback('acme', begun, query));
      return Object.fromEntries(searchParams);
    };
    expect(await errorOf({ error: 'access_denied', error_description: '<script>' })).toEqual({
      error: 'oauth.access_denied',
      error_description: 'The sign-in was cancelled or refused at the provider.',
    });
    expect(await errorOf({ code: 'x', iss: 'https://evil.example' })).toMatchObject({
      error: 'oauth.identity_rejected',
    });
    expect(await errorOf({})).toMatchObject({ error: 'oauth.invalid_grant' });
    fixture.network.off('https://op.example/token');
    expect(await errorOf({ code: 'x' })).toMatchObject({ error: 'oauth.provider_unavailable' });
  });

  it('comes back at once where the provider cannot be reached', async () => {
    fixture.network.off('https://op.example/.well-known/openid-configuration');
    const { answer } = await fixture.start('acme');
    expect([answer.status, locationOf(answer).searchParams.get('error')]).toEqual([
      302,
      'oauth.provider_unavailable',
    ]);
    expect((await fixture.authorize('acme', { redirect_to: TARGET })).answer).toMatchObject({
      status: 503,
      body: { code: 'oauth.provider_unavailable' },
    });
  });
});

describe('a sign-in by popup', () => {
  it('hands the code to the opener of the one origin, by a script that the policy names', async () => {
    const begun = await fixture.start('acme', { mode: 'popup' });
    expect(begun.answer.headers.get('cross-origin-opener-policy')).toBe('unsafe-none');
    const { status, headers, text } = await fixture.callback('acme', begun);
    expect([status, headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const script = /<script>([\s\S]*)<\/script>/.exec(text)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(headers.get('content-security-policy')).toContain(`script-src 'sha256-${hash}'`);
    expect(text).toContain('data-origin="https://app.example"');
    const message = JSON.parse((/data-message="([^"]*)"/.exec(text)?.[1] ?? '').replaceAll('&quot;', '"'));
    expect(message).toEqual({ type: 'castellan:oauth', provider: 'acme', code: expect.any(String) });
    expect((await fixture.exchange(message.code)).status).toBe(200);
  });

  it('tells the opener what went wrong', async () => {
    const begun = await fixture.start('acme', { mode: 'popup' });
    const { text } = await fixture.callback('acme', begun, { error: 'access_denied' });
    expect(text).toContain('oauth.access_denied');
  });
});

describe('a sign-in that answers JSON', () => {
  it('answers as a login does', async () => {
    const begun = await fixture.authorize('acme', { mode: 'json', device_name: 'Ada’s phone' });
    expect(begun.answer.body).toEqual({ url: begun.url.href, state_expires_in: 600 });
    const { status, body } = await fixture.callback('acme', begun);
    expect([status, body['status'], body.access_token]).toEqual([200, 'authenticated', expect.any(String)]);
    const sessions = await fixture.auth.api.get('/sessions', { token: body.access_token });
    expect(sessions.body.data[0]?.['device']).toBe('Ada’s phone');
  });

  it('answers problems', async () => {
    const begun = await fixture.authorize('acme', { mode: 'json' });
    expect(await fixture.callback('acme', begun, { error: 'access_denied' })).toMatchObject({
      status: 403,
      body: { code: 'oauth.access_denied' },
    });
  });

  it('lets a native client take the provider’s answer itself, by its verifier', async () => {
    const redirect_to = 'https://app.example/native';
    const begun = await fixture.authorize('acme', { mode: 'json', redirect_to, code_challenge: CHALLENGE });
    expect(begun.url.searchParams.get('redirect_uri')).toBe(redirect_to);
    const caught = { code: 'code-1', state: begun.state };
    const take = (body: object, provider = 'acme') => fixture.auth.api.post(`/oauth/${provider}/token`, body);
    expect((await fixture.callback('acme', begun)).body.code).toBe('oauth.state_invalid');
    expect((await take(caught)).body.code).toBe('oauth.code_verifier_invalid');
    expect((await take({ ...caught, code_verifier: VERIFIER }, 'github')).body.code).toBe(
      'oauth.state_invalid',
    );
    const { status, body } = await take({ ...caught, code_verifier: VERIFIER });
    expect([status, body['status']]).toEqual([200, 'authenticated']);
    expect(fixture.network.requests.at(-2)?.body.get('redirect_uri')).toBe(redirect_to);
    expect((await take({ ...caught, code_verifier: VERIFIER })).body.code).toBe('oauth.state_invalid');
  });

  it('is bound to the cookie where there is no verifier', async () => {
    const begun = await fixture.authorize('acme', { mode: 'json' });
    const caught = { code: 'code-1', state: begun.state };
    expect((await fixture.auth.api.post('/oauth/acme/token', caught)).body.code).toBe('oauth.state_invalid');
    const headers = { cookie: begun.cookie };
    expect((await fixture.auth.api.post('/oauth/acme/token', caught, { headers })).status).toBe(200);
  });
});

describe('a provider that has the browser post its answer', () => {
  it('is taken by GET, with the cookie that a post of another site does not bring', async () => {
    await fixture.close();
    fixture = await OAuthFixture.start({}, [
      oidc({ id: 'poster', issuer: ISSUER, clientId: 'castellan', formPost: true }),
    ]);
    const post = (provider: string, body: string, type = 'application/x-www-form-urlencoded') =>
      fixture.auth.api.send('POST', `/oauth/${provider}/callback`, body, {
        headers: { 'content-type': type, origin: ISSUER, 'sec-fetch-site': 'cross-site' },
      });
    const begun = await fixture.start('poster');
    expect(begun.url.searchParams.get('response_mode')).toBe('form_post');
    const form = new URLSearchParams({
      code: 'code-1',
      state: begun.state,
      user: '{}',
      more: 'ignored',
    }).toString();
    expect((await post('acme', form)).body.code).toBe('oauth.state_invalid');
    expect((await post('poster', 'code=code-1&state=other')).body.code).toBe('oauth.state_invalid');
    expect((await post('poster', `${form}&state=twice`)).body.code).toBe('oauth.state_invalid');
    expect((await post('poster', '{}', 'text/plain')).body.code).toBe('core.unsupported_media_type');
    const posted = await post('poster', form);
    const next = locationOf(posted);
    expect([posted.status, next.origin + next.pathname, [...next.searchParams.keys()]]).toEqual([
      303,
      'https://id.example/auth/oauth/poster/callback',
      ['form'],
    ]);
    const take = (cookie: string) =>
      fixture.auth.api.get(`/oauth/poster/callback${next.search}`, { headers: { cookie } });
    const again = await post('poster', form);
    expect((await take(begun.cookie)).body.code).toBe('oauth.state_invalid');
    const back = locationOf(
      await fixture.auth.api.get(`/oauth/poster/callback${locationOf(again).search}`, {
        headers: { cookie: begun.cookie },
      }),
    );
    expect((await fixture.exchange(back.searchParams.get('code') ?? '')).status).toBe(200);
  });
});
