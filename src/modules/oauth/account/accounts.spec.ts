import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { locationOf, OAuthFixture, TARGET } from '../../../../test/support/oauth-fixture.js';
import type { AnswerBody } from '../../../testing/index.js';
import { UserRepository } from '../../core/index.js';
import { AccountRepository } from './account.repository.js';

const EMAIL = 'grace@example.com';

let fixture: OAuthFixture;
beforeEach(async () => {
  fixture = await OAuthFixture.start();
});
afterEach(() => fixture.close());

const link = async (provider: string, token: string): Promise<Record<string, string>> => {
  const begun = await fixture.authorize(provider, { redirect_to: TARGET, link: true }, { token });
  return Object.fromEntries(locationOf(await fixture.callback(provider, begun)).searchParams);
};
const list = async (token: string): Promise<readonly AnswerBody[]> =>
  (await fixture.auth.api.get('/me/accounts?sort_dir=asc', { token })).body.data;
const unlink = async (id: string | undefined, token: string): Promise<[number, string | undefined]> => {
  const { status, body } = await fixture.auth.api.delete(`/me/accounts/${id ?? ''}`, undefined, { token });
  return [status, body.code];
};

describe('linking', () => {
  it('adds a way in to the signed-in user, whatever the addresses, and tells by mail', async () => {
    const { user, access_token: token } = await fixture.signUp(EMAIL);
    expect(await link('github', token)).toEqual({ linked: 'github' });
    expect(await list(token)).toEqual([
      {
        id: expect.any(String),
        provider: 'github',
        type: 'oauth',
        provider_account_id: '42',
        provider_username: 'ada',
        provider_email: 'ada@example.com',
        email_verified: true,
        scopes: ['read:user', 'user:email'],
        expires_at: null,
        last_used_at: expect.any(String),
        created_at: expect.any(String),
      },
    ]);
    expect((await fixture.signIn('github')).user).toMatchObject({
      id: user.id,
      email: EMAIL,
      email_verified: false,
    });
    await fixture.auth.drainOutbox();
    expect(fixture.auth.mailbox.mailTo(EMAIL, 'oauth_account_linked')).toHaveLength(1);
    expect(await link('github', token)).toEqual({ linked: 'github' });
    expect(await list(token)).toHaveLength(1);
  });

  it('takes no account of another user’s', async () => {
    await fixture.signIn('github');
    const { access_token: token } = await fixture.signUp(EMAIL);
    expect(await link('github', token)).toMatchObject({ error: 'oauth.account_linked_elsewhere' });
    expect(await list(token)).toEqual([]);
  });

  it('needs a user who has just signed in', async () => {
    const body = { redirect_to: TARGET, link: true };
    const begin = async (token?: string) => {
      const { answer } = await fixture.authorize('github', body, { token });
      return [answer.status, answer.body.code];
    };
    expect(await begin()).toEqual([401, 'core.unauthenticated']);
    const { access_token: token } = await fixture.signUp(EMAIL);
    fixture.auth.clock.advance(10 * 60_000 + 1);
    expect(await begin(token)).toEqual([403, 'core.reauthentication_required']);
  });

  it('ends with what ends the sessions', async () => {
    const { access_token: token, user } = await fixture.signUp(EMAIL);
    const begun = await fixture.authorize('github', { mode: 'json', link: true }, { token });
    const users = fixture.auth.app.get(UserRepository, { strict: false });
    await users.raiseTokenVersion(user.id);
    expect(await fixture.callback('github', begun)).toMatchObject({
      status: 400,
      body: { code: 'oauth.state_invalid' },
    });
  });

  it('answers JSON with the account', async () => {
    const { access_token: token } = await fixture.signUp(EMAIL);
    const begun = await fixture.authorize('acme', { mode: 'json', link: true }, { token });
    const { status, body } = await fixture.callback('acme', begun);
    expect([status, body]).toMatchObject([
      200,
      { status: 'linked', account: { provider: 'acme', type: 'oidc' } },
    ]);
    expect(JSON.stringify(body)).not.toContain('at-1');
  });
});

describe('unlinking', () => {
  it('takes a way in off the user, and its tokens', async () => {
    const { access_token: token } = await fixture.signUp(EMAIL);
    await link('github', token);
    const [account] = await list(token);
    expect(await unlink(account?.id, token)).toEqual([204, undefined]);
    expect(await list(token)).toEqual([]);
    expect((await fixture.signIn('github')).user.email).toBe('ada@example.com');
    await fixture.auth.drainOutbox();
    expect(fixture.auth.mailbox.mailTo(EMAIL, 'oauth_account_unlinked')).toHaveLength(1);
  });

  it('leaves the last way in', async () => {
    const { access_token: token, user } = await fixture.signIn('github');
    const [only] = await list(token);
    expect(await unlink(only?.id, token)).toEqual([409, 'oauth.last_way_in']);
    await link('acme', token);
    const both = await list(token);
    const answers = await Promise.all(both.map(({ id }) => unlink(id, token)));
    expect(answers.map(([status]) => status).sort()).toEqual([204, 409]);
    expect(await fixture.auth.app.get(AccountRepository, { strict: false }).countByUserId(user.id)).toBe(1);
  });

  it('leaves others’ alone, and needs a user who has just signed in', async () => {
    const ada = await fixture.signIn('github');
    const [account] = await list(ada.access_token);
    const { access_token: token } = await fixture.signUp(EMAIL);
    expect(await unlink(account?.id, token)).toEqual([404, 'oauth.account_not_found']);
    expect(await unlink('nonsense', token)).toEqual([404, 'oauth.account_not_found']);
    fixture.auth.clock.advance(10 * 60_000 + 1);
    expect(await unlink(account?.id, ada.access_token)).toEqual([403, 'core.reauthentication_required']);
  });
});
