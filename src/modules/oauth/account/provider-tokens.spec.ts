import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ISSUER, OAuthFixture } from '../../../../test/support/oauth-fixture.js';
import { KeyRing } from '../../../shared/crypto/key-ring.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { ResolvedCoreOptions } from '../../core/index.js';
import type { AccountRecord } from './account.js';
import { AccountRepository } from './account.repository.js';
import { ProviderTokenVault } from './provider-token-vault.js';
import { ProviderTokens } from './provider-tokens.js';
import { RefreshClaims } from './refresh-claims.js';
import { TokenResealingTask } from './token-resealing.task.js';

const OLD = `old:${Buffer.alloc(32, 'abcdefgh-old').toString('base64')}`;
const NEW = `new:${Buffer.alloc(32, 'ijklmnop-new').toString('base64')}`;

let fixture: OAuthFixture;
let userId: string;
const get = <T>(token: abstract new (...args: never[]) => T): T =>
  fixture.auth.app.get<T>(token, { strict: false });
const tokens = (): ProviderTokens => get(ProviderTokens);
const accounts = (): AccountRepository => get(AccountRepository);
const onlyAccount = async (): Promise<AccountRecord> => {
  const [account] = await accounts().findByUserId(userId);
  if (!account) throw new Error('There is no account.');
  return account;
};
const refusal = async (of: Promise<unknown>): Promise<string> => {
  const error: unknown = await of.catch((reason: unknown) => reason);
  return error instanceof AuthError ? error.code : String(error);
};

beforeEach(async () => {
  fixture = await OAuthFixture.start({ secrets: KeyRing.parse(OLD) });
  userId = (await fixture.signIn('acme')).user.id;
});
afterEach(() => fixture.close());

describe('the access token of a user to a provider', () => {
  it('is sealed in the row, and given to the host while it is good', async () => {
    const [account] = await accounts().findByUserId(userId);
    expect(JSON.stringify(account)).not.toMatch(/"(at|rt)-1"/);
    expect(account?.accessToken).toMatch(/^v1\.old\./);
    expect(await tokens().get(userId, 'acme')).toEqual({
      accessToken: 'at-1',
      tokenType: 'bearer',
      scopes: ['openid', 'email'],
      expiresAt: new Date(fixture.auth.clock.now().getTime() + 3_600_000),
    });
    expect(fixture.network.countOf(`${ISSUER}/token`)).toBe(1);
  });

  it('is renewed by one of twenty, a minute before its end', async () => {
    fixture.acme.tokenAnswer = { access_token: 'at-2', refresh_token: 'rt-2', id_token: undefined };
    fixture.auth.clock.advance(3_600_000 - 60_000);
    const given = await Promise.all(Array.from({ length: 20 }, () => tokens().get(userId, 'acme')));
    expect(new Set(given.map(({ accessToken }) => accessToken))).toEqual(new Set(['at-2']));
    expect(fixture.network.countOf(`${ISSUER}/token`)).toBe(2);
    expect(fixture.network.requests.at(-1)?.body.get('refresh_token')).toBe('rt-1');
    fixture.acme.tokenAnswer = { access_token: 'at-3', refresh_token: undefined, id_token: undefined };
    fixture.auth.clock.advance(3_600_000);
    expect((await tokens().get(userId, 'acme')).accessToken).toBe('at-3');
    expect(fixture.network.requests.at(-1)?.body.get('refresh_token')).toBe('rt-2');
    fixture.auth.clock.advance(3_600_000);
    await tokens().get(userId, 'acme');
    expect(fixture.network.requests.at(-1)?.body.get('refresh_token')).toBe('rt-2');
  });

  it('waits for another node that is renewing it', async () => {
    fixture.auth.clock.advance(3_600_000);
    const account = await onlyAccount();
    const now = fixture.auth.clock.now();
    const claim = { owner: randomUUID(), until: new Date(now.getTime() + 30_000) };
    await accounts().claimRefresh(account.id, claim, now);
    const waiting = tokens().get(userId, 'acme');
    const fresh = { ...account, expiresAt: new Date(now.getTime() + 3_600_000) };
    setTimeout(() => void accounts().replaceTokens(account.id, {}, fresh), 150);
    expect((await waiting).accessToken).toBe('at-1');
    expect(fixture.network.countOf(`${ISSUER}/token`)).toBe(1);
  });

  it('is gone where the user has withdrawn it at the provider, until they sign in there again', async () => {
    fixture.auth.clock.advance(3_600_000);
    fixture.network.on(`${ISSUER}/token`, () => Response.json({ error: 'invalid_grant' }, { status: 400 }));
    expect(await refusal(tokens().get(userId, 'acme'))).toBe('oauth.authorization_required');
    expect(await refusal(tokens().get(userId, 'acme'))).toBe('oauth.authorization_required');
    expect(fixture.network.countOf(`${ISSUER}/token`)).toBe(2);
  });

  it('is kept over an outage of the provider', async () => {
    fixture.auth.clock.advance(3_600_000);
    fixture.network.off(`${ISSUER}/token`);
    expect(await refusal(tokens().get(userId, 'acme'))).toBe('oauth.provider_unavailable');
    fixture.network.on(`${ISSUER}/token`, () => ({ access_token: 'at-2', token_type: 'bearer' }));
    expect(await tokens().get(userId, 'acme')).toMatchObject({ accessToken: 'at-2', expiresAt: null });
  });

  it('is nobody’s without an account', async () => {
    expect(await refusal(tokens().get(userId, 'github'))).toBe('oauth.account_not_found');
    expect(await refusal(tokens().get(userId, 'other'))).toBe('oauth.provider_not_found');
  });
});

describe('a new secret', () => {
  it('seals what is renewed, and in time everything', async () => {
    const options = get(ResolvedCoreOptions);
    const rotated = Object.create(options, {
      secrets: { value: KeyRing.parse(`${NEW},${OLD}`) },
    }) as ResolvedCoreOptions;
    const vault = new ProviderTokenVault(rotated);
    await new TokenResealingTask(accounts(), vault, get(RefreshClaims)).run();
    const [account] = await accounts().findByUserId(userId);
    expect(account).toMatchObject({
      sealedBy: 'new',
      accessToken: expect.stringMatching(/^v1\.new\./),
      refreshToken: expect.stringMatching(/^v1\.new\./),
      idToken: expect.stringMatching(/^v1\.new\./),
    });
    expect(account && vault.open(account, 'accessToken')).toBe('at-1');
    expect(account && get(ProviderTokenVault).open(account, 'accessToken')).toBeNull();
  });
});
