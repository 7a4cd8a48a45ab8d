import { Injectable } from '@nestjs/common';
import type { Listing } from '../../../shared/listing/listing.js';
import { paginate } from '../../../shared/listing/paginate.js';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { AccountRecord, NewAccount, ProviderIdentity, SealedTokens, SeenProfile } from './account.js';
import {
  AccountRepository,
  type AccountSortField,
  type LinkWrite,
  type RemainingWays,
  type RefreshClaim,
  type UnlinkWrite,
} from './account.repository.js';

type Change = (account: AccountRecord) => Partial<AccountRecord> | null;

@Injectable()
export class InMemoryAccountRepository implements AccountRepository {
  private readonly accounts: InMemoryTable<AccountRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.accounts = database.table<AccountRecord>('accounts', {
      references: [{ table: 'users', field: 'userId' }],
      unique: [
        {
          name: 'accounts_provider_account',
          key: ({ provider, providerAccountId }) => JSON.stringify([provider, providerAccountId]),
        },
        {
          name: 'accounts_issuer_subject',
          key: ({ issuer, providerAccountId }) =>
            issuer === null ? undefined : JSON.stringify([issuer, providerAccountId]),
        },
      ],
    });
  }

  link(account: NewAccount): Promise<LinkWrite> {
    return this.database.execute(() => {
      if (!this.lives(account.userId)) return { missing: true };
      const record: AccountRecord = {
        ...account,
        realmId: DEFAULT_REALM_ID,
        refreshClaimedUntil: null,
        refreshClaimedBy: null,
        lastUsedAt: account.createdAt,
        updatedAt: account.createdAt,
      };
      const taken = this.findTaken(record);
      return taken ? { taken } : { account: this.accounts.insert(record) };
    });
  }

  findById(id: string): Promise<AccountRecord | null> {
    return this.database.execute(() => this.accounts.get(id) ?? null);
  }

  findByIdentity(identity: ProviderIdentity): Promise<AccountRecord | null> {
    const { provider, providerAccountId, issuer } = identity;
    return this.database.execute(
      () =>
        this.accounts.find(
          (account) =>
            account.providerAccountId === providerAccountId &&
            account.issuer === issuer &&
            (issuer !== null || account.provider === provider),
        ) ?? null,
    );
  }

  findByUserId(userId: string): Promise<AccountRecord[]> {
    return this.database.execute(() => this.ofUser(userId).sort(by('createdAt')));
  }

  listByUser(
    userId: string,
    listing: Listing<AccountSortField>,
  ): Promise<{ rows: AccountRecord[]; total: number }> {
    return this.database.execute(() =>
      paginate(this.ofUser(userId), listing, {
        created_at: (account) => account.createdAt,
        last_used_at: (account) => account.lastUsedAt,
        provider: (account) => account.provider,
      }),
    );
  }

  findByUserIdAndProvider(userId: string, provider: string): Promise<AccountRecord | null> {
    return this.database.execute(
      () =>
        this.ofUser(userId)
          .filter((account) => account.provider === provider)
          .sort(by('lastUsedAt'))
          .at(-1) ?? null,
    );
  }

  countByUserId(userId: string): Promise<number> {
    return this.database.execute(() => this.ofUser(userId).length);
  }

  recordSignIn(
    id: string,
    profile: SeenProfile,
    tokens: SealedTokens,
    now: Date,
  ): Promise<AccountRecord | null> {
    return this.change(id, (account) => {
      const kept =
        (tokens.refreshToken === null && account.refreshToken !== null) ||
        (tokens.idToken === null && account.idToken !== null);
      return {
        ...profile,
        ...tokens,
        refreshToken: tokens.refreshToken ?? account.refreshToken,
        idToken: tokens.idToken ?? account.idToken,
        sealedBy: kept ? account.sealedBy : tokens.sealedBy,
        lastUsedAt: now,
      };
    });
  }

  claimRefresh(id: string, { owner, until }: RefreshClaim, now: Date): Promise<AccountRecord | null> {
    return this.change(id, ({ refreshClaimedUntil }) =>
      refreshClaimedUntil === null || refreshClaimedUntil <= now
        ? { refreshClaimedUntil: until, refreshClaimedBy: owner }
        : null,
    );
  }

  replaceTokens(
    id: string,
    expected: Partial<Pick<SealedTokens, 'accessToken' | 'refreshToken'>>,
    tokens: SealedTokens,
  ): Promise<AccountRecord | null> {
    return this.change(id, (account) =>
      isAsExpected(expected.accessToken, account.accessToken) &&
      isAsExpected(expected.refreshToken, account.refreshToken)
        ? tokens
        : null,
    );
  }

  async releaseRefresh(id: string, owner: string): Promise<void> {
    await this.change(id, ({ refreshClaimedBy }) =>
      refreshClaimedBy === owner ? { refreshClaimedUntil: null, refreshClaimedBy: null } : null,
    );
  }

  listSealedBy(keyIds: readonly string[], limit: number): Promise<AccountRecord[]> {
    return this.database.execute(() =>
      this.accounts.filter(({ sealedBy }) => sealedBy !== null && keyIds.includes(sealedBy)).slice(0, limit),
    );
  }

  lockOwner(userId: string): Promise<boolean> {
    return this.database.execute(() => this.lives(userId));
  }

  unlink(userId: string, id: string, { other, providers }: RemainingWays): Promise<UnlinkWrite> {
    return this.database.execute(() => {
      const account = this.accounts.get(id);
      if (account?.userId !== userId) return { refused: 'missing' };
      const kept = this.ofUser(userId).some((row) => row.id !== id && providers.includes(row.provider));
      if (!other && !kept) return { refused: 'last_way_in' };
      this.accounts.delete(id);
      return { account };
    });
  }

  deleteByUserId(userId: string): Promise<AccountRecord[]> {
    return this.database.execute(() => {
      const removed = this.ofUser(userId);
      for (const { id } of removed) this.accounts.delete(id);
      return removed;
    });
  }

  private ofUser(userId: string): AccountRecord[] {
    return this.accounts.filter((account) => account.userId === userId);
  }

  private lives(userId: string): boolean {
    const user = this.database.rowOf('users', userId);
    return user !== undefined && Reflect.get(user, 'deletedAt') === null;
  }

  private findTaken(record: AccountRecord): AccountRecord | undefined {
    const { provider, providerAccountId, issuer } = record;
    const candidates = this.accounts.filter((account) => account.providerAccountId === providerAccountId);
    return (
      candidates.find((account) => issuer !== null && account.issuer === issuer) ??
      candidates.find((account) => account.provider === provider)
    );
  }

  private change(id: string, change: Change): Promise<AccountRecord | null> {
    return this.database.execute(() => {
      const account = this.accounts.get(id);
      const changes = account && change(account);
      return changes ? (this.accounts.update(id, { ...changes, updatedAt: new Date() }) ?? null) : null;
    });
  }
}

function by(field: 'createdAt' | 'lastUsedAt'): (one: AccountRecord, other: AccountRecord) => number {
  return (one, other) => one[field].getTime() - other[field].getTime() || (one.id < other.id ? -1 : 1);
}

function isAsExpected(expected: string | null | undefined, actual: string | null): boolean {
  return expected === undefined || expected === actual;
}
