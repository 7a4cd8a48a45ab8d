import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import type { NewAccount, SealedTokens } from '../../modules/oauth/account/account.js';
import { AccountRepository } from '../../modules/oauth/account/account.repository.js';
import { accountListing } from '../../modules/oauth/account/account.service.js';
import { TransactionRunner } from '../../shared/persistence/transaction-runner.js';
import {
  type ContractSetup,
  createUser,
  describeContract,
  later,
  NOW,
  simultaneously,
} from './contract-store.js';

const PROFILE = { providerUsername: 'ada', providerEmail: 'ada@example.com', emailVerified: true };
const NO_TOKENS: SealedTokens = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  sealedBy: null,
  expiresAt: null,
  scopes: [],
  tokenType: null,
};
const TOKENS: SealedTokens = {
  accessToken: 'access',
  refreshToken: 'refresh',
  idToken: 'id',
  sealedBy: 'old',
  expiresAt: later(60_000),
  scopes: ['openid', 'email'],
  tokenType: 'bearer',
};

/** What every AccountRepository has to do. Run it on a store of your own; it needs the users and the TransactionRunner too. */
export function describeAccountRepository(name: string, setup: ContractSetup): void {
  describeContract(`${name} is an AccountRepository`, setup, (ports) => {
    const accounts = () => ports(AccountRepository);
    const user = async (): Promise<string> => (await createUser(ports)).id;
    const accountOf = (userId: string, account: Partial<NewAccount> = {}): NewAccount => ({
      id: randomUUID(),
      userId,
      type: 'oauth',
      provider: 'github',
      providerAccountId: randomUUID(),
      issuer: null,
      ...PROFILE,
      ...NO_TOKENS,
      createdAt: NOW,
      ...account,
    });
    const oidc = (issuer: string): Partial<NewAccount> => ({ type: 'oidc', provider: 'google', issuer });
    const linked = async (userId: string, account: Partial<NewAccount> = {}) => {
      const write = await accounts().link(accountOf(userId, account));
      if (!('account' in write)) throw new Error('The identity is taken.');
      return write.account;
    };

    it('links an identity to one of fifty users', async () => {
      const users = await simultaneously(50, () => user());
      const providerAccountId = randomUUID();
      const writes = await simultaneously(50, (index) =>
        accounts().link(accountOf(users[index] ?? '', { providerAccountId })),
      );
      const [winner] = writes.flatMap((write) => ('account' in write ? [write.account] : []));
      expect(writes.filter((write) => 'account' in write)).toHaveLength(1);
      const losers = writes.flatMap((write) => ('taken' in write ? [write.taken.userId] : []));
      expect(new Set(losers)).toEqual(new Set([winner?.userId]));
      expect(winner).toMatchObject({ ...PROFILE, provider: 'github', issuer: null, lastUsedAt: NOW });
    });

    it('knows an OpenID account by issuer and subject, whatever the provider is called here', async () => {
      const owner = await user();
      const account = await linked(owner, oidc('https://one.example'));
      const { providerAccountId } = account;
      const identity = { provider: 'renamed', providerAccountId, issuer: 'https://one.example' };
      expect(await accounts().findByIdentity(identity)).toEqual(account);
      expect(
        await accounts().link(accountOf(await user(), { ...oidc('https://one.example'), ...identity })),
      ).toEqual({
        taken: account,
      });
      const swapped = { provider: 'google', providerAccountId, issuer: 'https://two.example' };
      expect(await accounts().findByIdentity(swapped)).toBeNull();
      expect(await accounts().findByIdentity({ ...swapped, issuer: null })).toBeNull();
      expect(
        await accounts().link(accountOf(await user(), { ...oidc('https://two.example'), ...swapped })),
      ).toEqual({
        taken: account,
      });
    });

    it('links nothing to a user who is gone', async () => {
      const gone = await user();
      await ports(UserRepository).softDelete(gone, NOW);
      expect(await accounts().link(accountOf(gone))).toEqual({ missing: true });
      expect(await accounts().link(accountOf(randomUUID()))).toEqual({ missing: true });
    });

    it('finds and counts the accounts of a user', async () => {
      const owner = await user();
      const older = await linked(owner, { provider: 'discord' });
      const newer = await linked(owner, { provider: 'github', createdAt: later(1_000) });
      expect((await accounts().findByUserId(owner)).map(({ id }) => id)).toEqual([older.id, newer.id]);
      expect(await accounts().countByUserId(owner)).toBe(2);
      const page = accountListing.normalize({ limit: 1, sort_field: 'provider', sort_dir: 'desc' });
      const { rows, total } = await accounts().listByUser(owner, page);
      expect([rows.map(({ id }) => id), total]).toEqual([[newer.id], 2]);
      expect((await accounts().findByUserIdAndProvider(owner, 'discord'))?.id).toBe(older.id);
      expect(await accounts().findByUserIdAndProvider(owner, 'google')).toBeNull();
      expect((await accounts().findById(newer.id))?.provider).toBe('github');
      expect(await accounts().findById(randomUUID())).toBeNull();
    });

    it('keeps what a sign-in brought, and a refresh token that the provider did not send again', async () => {
      const { id } = await linked(await user(), TOKENS);
      const seen = { providerUsername: 'countess', providerEmail: 'new@example.com', emailVerified: false };
      const partial = {
        ...TOKENS,
        accessToken: 'second',
        refreshToken: null,
        sealedBy: 'new',
        scopes: ['a'],
      };
      expect(await accounts().recordSignIn(id, seen, partial, later(5))).toMatchObject({
        ...seen,
        accessToken: 'second',
        refreshToken: 'refresh',
        sealedBy: 'old',
        scopes: ['a'],
        lastUsedAt: later(5),
      });
      const whole = { ...TOKENS, sealedBy: 'new' };
      expect(await accounts().recordSignIn(id, seen, whole, later(6))).toMatchObject({ sealedBy: 'new' });
      expect(await accounts().recordSignIn(randomUUID(), seen, whole, NOW)).toBeNull();
    });

    it('gives the right to change the tokens to one of fifty', async () => {
      const { id } = await linked(await user(), TOKENS);
      const claimed = await simultaneously(50, () =>
        accounts().claimRefresh(id, { owner: randomUUID(), until: later(1_000) }, NOW),
      );
      expect(claimed.filter((account) => account !== null)).toHaveLength(1);
      expect(
        await accounts().claimRefresh(randomUUID(), { owner: randomUUID(), until: later(1) }, NOW),
      ).toBeNull();
    });

    it('takes the right to change the tokens back from who has it, and from nobody else', async () => {
      const { id } = await linked(await user(), TOKENS);
      const [slow, next] = [randomUUID(), randomUUID()];
      const claim = (owner: string, now: Date, until: Date) =>
        accounts().claimRefresh(id, { owner, until }, now);
      expect(await claim(slow, NOW, later(1_000))).toMatchObject({ refreshClaimedBy: slow });
      expect(await claim(next, later(999), later(2_000))).toBeNull();
      expect(await claim(next, later(1_000), later(2_000))).toMatchObject({ refreshClaimedBy: next });
      // It has run out long ago, and comes to its end only now.
      await accounts().releaseRefresh(id, slow);
      expect(await claim(slow, later(1_000), later(3_000))).toBeNull();
      await accounts().releaseRefresh(id, next);
      expect(await accounts().findById(id)).toMatchObject({
        refreshClaimedBy: null,
        refreshClaimedUntil: null,
      });
      expect(await claim(slow, NOW, later(1_000))).not.toBeNull();
    });

    it('replaces tokens that are still those that were seen', async () => {
      const { id } = await linked(await user(), TOKENS);
      const fresh = { ...TOKENS, accessToken: 'fresh', refreshToken: 'rotated', expiresAt: null };
      expect(await accounts().replaceTokens(id, { refreshToken: 'another' }, fresh)).toBeNull();
      expect(
        await accounts().replaceTokens(id, { refreshToken: 'refresh', accessToken: null }, fresh),
      ).toBeNull();
      expect(await accounts().replaceTokens(id, { refreshToken: 'refresh' }, fresh)).toMatchObject(fresh);
    });

    it('lists what is sealed under an older secret', async () => {
      const sealedBy = randomUUID();
      const { id } = await linked(await user(), { ...TOKENS, sealedBy });
      const listed = await accounts().listSealedBy([randomUUID(), sealedBy], 1_000);
      expect(listed.map((account) => account.id)).toEqual([id]);
      expect(await accounts().listSealedBy([], 1_000)).toEqual([]);
      await linked(await user(), { ...TOKENS, sealedBy });
      expect(await accounts().listSealedBy([sealedBy], 1)).toHaveLength(1);
    });

    it('leaves one account of three that are unlinked at once, where it is the last way in', async () => {
      const owner = await user();
      const own = await Promise.all([1, 2, 3].map(() => linked(owner)));
      const remaining = { other: false, providers: ['github'] };
      const unlink = (id: string) =>
        ports(TransactionRunner).run(async () => {
          expect(await accounts().lockOwner(owner)).toBe(true);
          return accounts().unlink(owner, id, remaining);
        });
      const writes = await Promise.all(own.map(({ id }) => unlink(id)));
      expect(writes.filter((write) => 'refused' in write)).toEqual([{ refused: 'last_way_in' }]);
      expect(await accounts().countByUserId(owner)).toBe(1);
    });

    it('counts only what can be signed in with as a way in', async () => {
      const owner = await user();
      const github = await linked(owner);
      const { id } = await linked(owner, { provider: 'discord' });
      const unlink = (remaining: { other: boolean; providers: string[] }, whose = owner) =>
        ports(TransactionRunner).run(() => accounts().unlink(whose, id, remaining));
      expect(await unlink({ other: false, providers: ['discord'] })).toEqual({ refused: 'last_way_in' });
      expect(await unlink({ other: true, providers: [] }, await user())).toEqual({ refused: 'missing' });
      expect(await unlink({ other: true, providers: [] })).toMatchObject({ account: { id } });
      expect(await unlink({ other: true, providers: [] })).toEqual({ refused: 'missing' });
      expect((await accounts().deleteByUserId(owner)).map((account) => account.id)).toEqual([github.id]);
      expect(await accounts().countByUserId(owner)).toBe(0);
      expect(await accounts().lockOwner(randomUUID())).toBe(false);
    });

    it('goes with its user', async () => {
      const owner = await user();
      const { id } = await linked(owner);
      await ports(UserRepository).delete(owner);
      expect(await accounts().findById(id)).toBeNull();
    });
  });
}
