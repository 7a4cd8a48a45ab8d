import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { oauthOptionsOf } from '../oauth-options.js';
import { type Env, EnvError, parseVariables } from './env.js';

const pem = (namedCurve: string): string =>
  generateKeyPairSync('ec', { namedCurve }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

const problemsOf = (source: Record<string, string>): string => {
  try {
    parseVariables(source);
    return '';
  } catch (error) {
    return error instanceof EnvError ? error.message : String(error);
  }
};
const idsOf = (env: Env): string[] => (oauthOptionsOf(env).providers ?? []).map(({ id }) => id);

describe('the variables of the providers', () => {
  it('offer none, or those that there are credentials for', () => {
    expect(idsOf(parseVariables({}))).toEqual([]);
    const env = parseVariables({
      OAUTH_DISCORD_CLIENT_ID: 'a',
      OAUTH_DISCORD_CLIENT_SECRET: 'b',
      OAUTH_GOOGLE_CLIENT_ID: 'a',
      OAUTH_GOOGLE_CLIENT_SECRET: 'b',
      OAUTH_APPLE_CLIENT_ID: 'a',
      OAUTH_APPLE_TEAM_ID: 'b',
      OAUTH_APPLE_KEY_ID: 'c',
      OAUTH_APPLE_PRIVATE_KEY: pem('P-256').replaceAll('\n', '\\n'),
    });
    expect(idsOf(env)).toEqual(['google', 'discord', 'apple']);
  });

  it('name any OpenID provider', () => {
    const env = parseVariables({
      OAUTH_OUR_IDP_ISSUER: 'http://localhost:4000',
      OAUTH_OUR_IDP_CLIENT_ID: 'c',
      OAUTH_OUR_IDP_CLIENT_SECRET: '',
      OAUTH_ACME_ISSUER: 'https://acme.example',
      OAUTH_ACME_CLIENT_ID: 'c',
      OAUTH_ACME_CLIENT_SECRET: 's',
    });
    expect(oauthOptionsOf(env)).toMatchObject({
      providers: [
        { id: 'acme', issuer: 'https://acme.example', clientId: 'c', clientSecret: 's' },
        { id: 'our-idp', issuer: 'http://localhost:4000', clientSecret: null },
      ],
      outbound: { allowHttp: true, allowPrivateAddresses: true },
    });
  });

  it('belong together', () => {
    expect(problemsOf({ OAUTH_GITHUB_CLIENT_ID: 'a' })).toContain(
      'OAUTH_GITHUB_CLIENT_ID and OAUTH_GITHUB_CLIENT_SECRET belong together',
    );
    expect(problemsOf({ OAUTH_APPLE_KEY_ID: 'a' })).toContain(
      'OAUTH_APPLE_KEY_ID and OAUTH_APPLE_PRIVATE_KEY belong',
    );
    expect(problemsOf({ OAUTH_ACME_CLIENT_ID: 'a' })).toContain(
      'OAUTH_ACME_ISSUER and OAUTH_ACME_CLIENT_ID belong',
    );
    expect(problemsOf({ OAUTH_ACME_ISSUER: 'secret' })).toBe(
      '  - OAUTH_ACME_ISSUER must be a URL that begins with http:// or https://.',
    );
    expect(problemsOf({ OAUTH_APPLE_PRIVATE_KEY: pem('P-384') })).toContain(
      'must be a P-256 private key, PEM',
    );
  });

  it('are stricter in production', () => {
    const production = {
      NODE_ENV: 'production',
      OAUTH_ACME_ISSUER: 'http://acme.example',
      OAUTH_ACME_CLIENT_ID: 'c',
    };
    expect(problemsOf(production)).toContain('OAUTH_ACME_ISSUER has to begin with https:// in production');
    const env = { ...parseVariables({}), NODE_ENV: 'production' as const };
    expect(oauthOptionsOf(env).outbound).toEqual({ allowHttp: false, allowPrivateAddresses: false });
    const inside = { ...env, OAUTH_ALLOW_PRIVATE_ADDRESSES: true };
    expect(oauthOptionsOf(inside).outbound).toEqual({ allowHttp: false, allowPrivateAddresses: true });
  });
});
