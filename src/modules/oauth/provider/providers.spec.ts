import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { parseJwt } from '../../core/index.js';
import { type OAuthOptions, resolveOAuthOptions } from '../oauth.options.js';
import { apple, appleClientSecret } from './apple.js';
import { discord } from './discord.js';
import { github } from './github.js';
import { google } from './google.js';
import { microsoft } from './microsoft.js';
import { oidc } from './oidc.js';
import { readProfile } from './provider-profile.js';

const client = { clientId: 'castellan', clientSecret: 'secret' };
const claims = { iss: 'https://op.example', sub: '1' };
const pem = (curve: string): string =>
  generateKeyPairSync('ec', { namedCurve: curve })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString();

describe('Apple', () => {
  const privateKey = pem('P-256');
  const options = { clientId: 'com.example.web', teamId: 'TEAM123456', keyId: 'KEY1234567', privateKey };

  it('gets a client secret that is signed here, and made anew before it ends', () => {
    const secret = appleClientSecret(options);
    if (typeof secret === 'string') throw new Error('The secret is fixed.');
    const now = new Date('2026-01-01T00:00:00Z');
    const iat = now.getTime() / 1000;
    const first = secret(now);
    expect(parseJwt(first)).toEqual({
      header: { alg: 'ES256', kid: 'KEY1234567', typ: 'JWT' },
      claims: {
        iss: 'TEAM123456',
        iat,
        exp: iat + 3600,
        aud: 'https://appleid.apple.com',
        sub: 'com.example.web',
      },
    });
    const [head, body, signature = ''] = first.split('.');
    const key = { key: createPublicKey(privateKey), dsaEncoding: 'ieee-p1363' } as const;
    const signed = Buffer.from(`${head ?? ''}.${body ?? ''}`);
    expect(verify('sha256', signed, key, Buffer.from(signature, 'base64url'))).toBe(true);
    expect(secret(new Date(now.getTime() + 3_299_000))).toBe(first);
    expect(secret(new Date(now.getTime() + 3_300_000))).not.toBe(first);
  });

  it('tells the name once, and outside of what is signed', () => {
    const { profileOf } = apple(options);
    const user = JSON.stringify({
      name: { firstName: 'Ada', lastName: 'Lovelace' },
      email: 'forged@example.com',
    });
    expect(profileOf({ ...claims, email: 'ada@example.com', email_verified: 'true' }, { user })).toEqual({
      subject: '1',
      email: 'ada@example.com',
      emailVerified: true,
      firstName: 'Ada',
      lastName: 'Lovelace',
    });
    expect(profileOf(claims, { user: 'nonsense' })).toMatchObject({ firstName: null, email: null });
  });

  it('needs a key of its curve', () => {
    expect(() => apple({ ...options, privateKey: pem('P-384') })).toThrow();
    expect(() => apple({ ...options, privateKey: 'nonsense' })).toThrow();
  });
});

describe('the other providers', () => {
  it('tell a hosted domain by the claim, not by the hint', () => {
    const { assertAccepted, authorizationParameters } = google({
      ...client,
      hostedDomain: 'example.com',
      offline: true,
    });
    expect(authorizationParameters).toEqual({ hd: 'example.com', access_type: 'offline', prompt: 'consent' });
    expect(() => assertAccepted?.({ ...claims, hd: 'example.com' })).not.toThrow();
    expect(() => assertAccepted?.(claims)).toThrow('hosted domain');
    expect(() => google(client).assertAccepted?.(claims)).not.toThrow();
  });

  it('tell a Discord user', async () => {
    const user = {
      id: '80351110224678912',
      username: 'ada',
      global_name: 'Ada',
      avatar: 'abc',
      verified: true,
      email: 'a@b.example',
      locale: 'en-GB',
    };
    const profile = await discord(client).fetchProfile(() => Promise.resolve(user));
    expect(readProfile(profile)).toMatchObject({
      subject: user.id,
      username: 'ada',
      name: 'Ada',
      email: 'a@b.example',
      emailVerified: true,
      avatar: `https://cdn.discordapp.com/avatars/${user.id}/abc.png`,
    });
  });

  it('may be of one’s own: GitHub Enterprise, tenants of Microsoft', () => {
    expect(github({ ...client, baseUrl: 'https://git.example/' })).toMatchObject({
      authorizationEndpoint: 'https://git.example/login/oauth/authorize',
    });
    const tenant = '11111111-2222-3333-4444-555555555555';
    const iss = `https://login.microsoftonline.com/${tenant}/v2.0`;
    const own = microsoft({ ...client, tenant, trustEmails: true });
    expect(own.profileOf({ ...claims, iss, tid: tenant, email: 'a@b.example' }, {})).toMatchObject({
      emailVerified: true,
    });
    const personal = {
      iss: 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0',
      sub: '1',
      tid: '9188040d-6c67-4c5b-b112-36a304b66dad',
    };
    const accepts = (of: string, token: typeof personal) => () =>
      microsoft({ ...client, tenant: of }).assertAccepted?.(token);
    expect(accepts('consumers', personal)).not.toThrow();
    expect(accepts('organizations', personal)).toThrow('another tenant');
    expect(accepts(tenant, personal)).toThrow('another tenant');
    expect(accepts('consumers', { iss, sub: '1', tid: tenant })).toThrow('another tenant');
    expect(accepts('organizations', { iss, sub: '1', tid: tenant })).not.toThrow();
    expect(() => microsoft({ ...client, trustEmails: true })).toThrow('trustEmails');
  });
});

describe('the options', () => {
  const acme = oidc({ id: 'acme', issuer: 'https://op.example', clientId: 'c' });
  it.each<[string, OAuthOptions]>([
    ['given twice', { providers: [acme, acme] }],
    ['id has', { providers: [{ ...acme, id: 'Acme/..' }] }],
    ['client id', { providers: [{ ...acme, clientId: '' }] }],
    ['include openid', { providers: [{ ...acme, scopes: ['email'] }] }],
    ['at https', { providers: [{ ...acme, issuer: 'http://op.example' }] }],
    ['at https', { providers: [{ ...acme, issuer: 'nonsense' }] }],
  ])('refuse what cannot be: %s', (message, options) => {
    expect(() => resolveOAuthOptions(options)).toThrow(message);
  });

  it('allow plain http where that is asked for', () => {
    const provider = { ...acme, issuer: 'http://localhost:4000' };
    expect(resolveOAuthOptions({ providers: [provider], outbound: { allowHttp: true } }).outbound).toEqual({
      allowHttp: true,
      allowPrivateAddresses: false,
    });
  });
});
