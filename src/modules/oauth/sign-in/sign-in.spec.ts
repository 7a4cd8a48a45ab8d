import { afterEach, describe, expect, it } from '@jest/globals';
import { OAuthFixture, TARGET } from '../../../../test/support/oauth-fixture.js';
import type { TestAuthOptions } from '../../../testing/index.js';
import { AccountLifecycleService, AccountRemovalService, UserRepository } from '../../core/index.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { AccountRepository } from '../account/account.repository.js';
import type { AccountRecord } from '../account/account.js';

let fixture: OAuthFixture;
afterEach(() => fixture.close());

const EMAIL = 'ada@example.com';
const PASSWORD = 'a gatehouse of 7 towers';

const start = async (options: TestAuthOptions = {}): Promise<void> => {
  fixture = await OAuthFixture.start(options);
};
const get = <T>(token: abstract new (...args: never[]) => T): T =>
  fixture.auth.app.get<T>(token, { strict: false });
const accountsOf = (userId: string): Promise<AccountRecord[]> => get(AccountRepository).findByUserId(userId);

describe('a provider’s account that nobody has here', () => {
  it('makes an account, called as at the provider, with its verified address', async () => {
    await start();
    const { user } = await fixture.signIn('github');
    expect(user).toMatchObject({ email: EMAIL, email_verified: true, username: 'ada' });
    expect(await accountsOf(user.id)).toMatchObject([
      {
        provider: 'github',
        type: 'oauth',
        issuer: null,
        providerAccountId: '42',
        providerUsername: 'ada',
        providerEmail: EMAIL,
      },
    ]);
    await fixture.auth.drainOutbox();
    expect(fixture.auth.mailbox.mailTo(EMAIL).map(({ template }) => template)).toEqual(['welcome']);
  });

  it('makes one account however many sign-ins come at once', async () => {
    await start();
    const signedIn = await Promise.all(Array.from({ length: 20 }, () => fixture.signIn('github')));
    expect(new Set(signedIn.map(({ user }) => user.id)).size).toBe(1);
    expect(await accountsOf(signedIn[0]?.user.id ?? '')).toHaveLength(1);
  });

  it('takes another name where its own is taken, or where one was chosen', async () => {
    await start();
    await fixture.signIn('github');
    fixture.asGithub({ id: 43, login: 'Ada' });
    expect((await fixture.signIn('github')).user['username']).toMatch(/^ada\d{4}$/);
    fixture.asGithub({ id: 44, login: 'grace' });
    expect((await fixture.signIn('github', { username: 'Hopper' })).user['username']).toBe('Hopper');
    fixture.asGithub({ id: 45, login: 'other' });
    expect((await fixture.signIn('github', { username: 'hopper' })).code).toBe('core.username_taken');
    expect((await fixture.signIn('github', { username: 'admin' })).code).toBe('core.username_reserved');
  });

  it('makes an account without an address, too', async () => {
    await start({ emailVerification: 'required' });
    fixture.asGithub({ id: 7, login: 'x' });
    const { user } = await fixture.signIn('github');
    expect(user).toMatchObject({ email: null, username: expect.stringMatching(/^user\d{4}$/) });
    expect((await fixture.signIn('acme')).user['username']).toMatch(/^acme/);
  });

  it('asks for the proof of an address that the provider did not verify', async () => {
    await start();
    fixture.asGithub({ id: 42, login: 'ada', email: EMAIL });
    const { user } = await fixture.signIn('github');
    expect(user).toMatchObject({ email: EMAIL, email_verified: false });
    await fixture.verify(EMAIL);
    expect((await fixture.signIn('github')).user).toMatchObject({ id: user.id, email_verified: true });
    expect(await accountsOf(user.id)).toHaveLength(1);
  });

  it('is refused where its address has to be verified, or nobody may sign up', async () => {
    await start({ emailVerification: 'required' });
    fixture.asGithub({ id: 42, login: 'ada', email: EMAIL });
    expect((await fixture.signIn('github')).code).toBe('oauth.email_not_verified');
    await fixture.close();
    await start({ registration: 'closed' });
    expect((await fixture.signIn('github')).code).toBe('core.registration_closed');
    await fixture.close();
    await start({ registration: 'invite_only' });
    expect((await fixture.signIn('github')).code).toBe('core.registration_invite_only');
  });
});

describe('a provider’s account whose address somebody has here', () => {
  it('is linked where both have verified it', async () => {
    await start();
    const { user } = await fixture.signUp(EMAIL);
    await fixture.verify(EMAIL);
    expect((await fixture.signIn('github')).user.id).toBe(user.id);
    const { status } = await fixture.auth.api.post('/login', { email: EMAIL, password: PASSWORD });
    expect(status).toBe(200);
  });

  it('is not linked where the provider has not verified it, nor is anything said of the password', async () => {
    await start();
    const { user } = await fixture.signUp(EMAIL);
    fixture.asGithub({ id: 42, login: 'ada', email: EMAIL });
    expect((await fixture.signIn('github')).code).toBe('oauth.account_exists_link_required');
    await fixture.verify(EMAIL);
    expect((await fixture.signIn('github')).code).toBe('oauth.account_exists_link_required');
    expect(await accountsOf(user.id)).toEqual([]);
  });

  it('gets the account that was never verified, without what its maker left there', async () => {
    await start();
    const squatter = await fixture.signUp(EMAIL);
    fixture.asGithub({ id: 66, login: 'mallory', email: 'mallory@example.com', verified: true });
    const begun = await fixture.authorize(
      'github',
      { redirect_to: TARGET, link: true },
      { token: squatter.access_token },
    );
    await fixture.callback('github', begun);
    expect(await accountsOf(squatter.user.id)).toHaveLength(1);
    fixture.asGithub({ id: 42, login: 'ada', email: EMAIL, verified: true });
    const { user } = await fixture.signIn('github');
    expect(user).toMatchObject({ id: squatter.user.id, email_verified: true });
    expect(await accountsOf(user.id)).toMatchObject([{ providerAccountId: '42' }]);
    const { api } = fixture.auth;
    expect((await api.get('/me', { token: squatter.access_token })).status).toBe(401);
    expect((await api.post('/login', { email: EMAIL, password: PASSWORD })).status).toBe(401);
  });

  it('is not linked to an account that may not act', async () => {
    await start();
    const { user } = await fixture.signUp(EMAIL);
    await fixture.verify(EMAIL);
    await get(AccountLifecycleService).setActive(user.id, false, SYSTEM_CLIENT);
    expect((await fixture.signIn('github')).code).toBe('core.account_inactive');
    expect(await accountsOf(user.id)).toEqual([]);
  });
});

describe('a provider’s account that is linked', () => {
  it('signs in its user whatever its address and name are by now, and tells them', async () => {
    await start();
    const { user } = await fixture.signIn('github');
    await fixture.signUp('second@example.com');
    await fixture.verify('second@example.com');
    fixture.asGithub({ id: 42, login: 'countess', email: 'second@example.com', verified: true });
    expect((await fixture.signIn('github')).user).toMatchObject({
      id: user.id,
      email: EMAIL,
      username: 'ada',
    });
    expect(await accountsOf(user.id)).toMatchObject([
      { providerUsername: 'countess', providerEmail: 'second@example.com' },
    ]);
  });

  it('passes the check of every sign-in', async () => {
    await start();
    const { user } = await fixture.signIn('github');
    await get(AccountLifecycleService).setActive(user.id, false, SYSTEM_CLIENT);
    expect((await fixture.signIn('github')).code).toBe('core.account_inactive');
  });

  it('is free again when its user is deleted', async () => {
    await start();
    const { user } = await fixture.signIn('github');
    await get(AccountRemovalService).softDelete(user.id, SYSTEM_CLIENT);
    const again = await fixture.signIn('github');
    expect(again.user.id).not.toBe(user.id);
    expect(again.user.email).toBe(EMAIL);
    await get(AccountRemovalService).hardDelete(again.user.id, SYSTEM_CLIENT);
    expect(await accountsOf(again.user.id)).toEqual([]);
  });

  it('is known by issuer and subject: another issuer is somebody else', async () => {
    await start();
    const { user } = await fixture.signIn('acme');
    const [account] = await accountsOf(user.id);
    expect(account).toMatchObject({ type: 'oidc', issuer: 'https://op.example', providerAccountId: 'sub-1' });
    const accounts = get(AccountRepository);
    await accounts.deleteByUserId(user.id);
    if (account) await accounts.link({ ...account, issuer: 'https://before.example' });
    expect((await fixture.signIn('acme')).code).toBe('oauth.account_linked_elsewhere');
    expect(await get(UserRepository).findById(user.id)).not.toBeNull();
  });
});
