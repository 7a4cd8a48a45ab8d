import type { Listing } from '../../../shared/listing/listing.js';
import type { AccountRecord, NewAccount, ProviderIdentity, SealedTokens, SeenProfile } from './account.js';

export type AccountSortField = 'created_at' | 'last_used_at' | 'provider';

/** `taken`: the identity is linked already, perhaps to somebody else. `missing`: the user is gone. */
export type LinkWrite =
  { readonly account: AccountRecord } | { readonly taken: AccountRecord } | { readonly missing: true };

export type UnlinkWrite =
  { readonly account: AccountRecord } | { readonly refused: 'missing' | 'last_way_in' };

/** What still lets the user in once the account is gone. */
export interface RemainingWays {
  /** There is a way in that is no account at a provider. */
  readonly other: boolean;
  /** Providers whose accounts count: those that can still be signed in with. */
  readonly providers: readonly string[];
}

/** The right of one caller to change the tokens of an account. */
export interface RefreshClaim {
  /** A UUID of this claim alone. */
  readonly owner: string;
  readonly until: Date;
}

/**
 * Accounts at providers. Unique by (provider, provider's id) and, of OpenID providers, by (issuer, subject). Every method is one atomic
 * statement.
 */
export abstract class AccountRepository {
  /** Inserts, unless the identity is linked already or the user does not live; never throws for a conflict. */
  abstract link(account: NewAccount): Promise<LinkWrite>;
  abstract findById(id: string): Promise<AccountRecord | null>;
  /** By issuer and subject where there is an issuer, else by provider and its id. */
  abstract findByIdentity(identity: ProviderIdentity): Promise<AccountRecord | null>;
  /** The oldest first. */
  abstract findByUserId(userId: string): Promise<AccountRecord[]>;
  abstract listByUser(
    userId: string,
    listing: Listing<AccountSortField>,
  ): Promise<{ rows: AccountRecord[]; total: number }>;
  /** Of several the one that was used last. */
  abstract findByUserIdAndProvider(userId: string, provider: string): Promise<AccountRecord | null>;
  abstract countByUserId(userId: string): Promise<number>;

  /** Keeps what a sign-in brought. A refresh token or an ID token stays as it is where the provider sent none. */
  abstract recordSignIn(
    id: string,
    profile: SeenProfile,
    tokens: SealedTokens,
    now: Date,
  ): Promise<AccountRecord | null>;

  /** Takes the right to change the tokens until the claim's end; `null` where somebody else has it or the account is gone. */
  abstract claimRefresh(id: string, claim: RefreshClaim, now: Date): Promise<AccountRecord | null>;
  /** Replaces all tokens, if those of `expected` are still there. */
  abstract replaceTokens(
    id: string,
    expected: Partial<Pick<SealedTokens, 'accessToken' | 'refreshToken'>>,
    tokens: SealedTokens,
  ): Promise<AccountRecord | null>;
  /** Gives the right back; not that of somebody else, who has taken it since it ran out. */
  abstract releaseRefresh(id: string, owner: string): Promise<void>;
  /** Accounts with tokens that may be sealed under one of these secrets. */
  abstract listSealedBy(keyIds: readonly string[], limit: number): Promise<AccountRecord[]>;

  /** Locks the user's row to the end of the transaction, which has to be open; false where the user does not live. */
  abstract lockOwner(userId: string): Promise<boolean>;
  /**
   * Removes the account if some way in remains. In the transaction of `lockOwner`, so that of several unlinks at once one stays: the
   * statement sees what the others have left.
   */
  abstract unlink(userId: string, id: string, remaining: RemainingWays): Promise<UnlinkWrite>;
  /** Removes every account of a user; returns them. */
  abstract deleteByUserId(userId: string): Promise<AccountRecord[]>;
}
