/** `oidc`: the provider asserts an identity by an ID token. `oauth`: who it is has been asked with an access token. */
export type AccountType = 'oauth' | 'oidc';

/** A user's account at a provider. A user may have several. */
export interface AccountRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  readonly type: AccountType;
  /** The provider's id here, e.g. `google`. */
  readonly provider: string;
  /** What the provider calls the account for good: `sub`, or an id of its own; never an email address or a name, which change hands. */
  readonly providerAccountId: string;
  /** `iss` of an OpenID provider, else `null`. */
  readonly issuer: string | null;
  /** What the account is called at the provider, as of the latest sign-in. */
  readonly providerUsername: string | null;
  /** The address that the provider told at the latest sign-in; it decides nothing afterwards. */
  readonly providerEmail: string | null;
  /** Whether the provider vouches for it. */
  readonly emailVerified: boolean;
  readonly scopes: readonly string[];
  readonly tokenType: string | null;
  /** Hidden; sealed, see `ProviderTokenVault`. */
  readonly accessToken: string | null;
  /** Hidden; sealed. */
  readonly refreshToken: string | null;
  /** Hidden; sealed. */
  readonly idToken: string | null;
  /** Hidden. Id of the oldest secret that one of the tokens may be sealed under; `null` where there are none. */
  readonly sealedBy: string | null;
  /** End of the access token, where the provider told. */
  readonly expiresAt: Date | null;
  /** Hidden. Until then somebody is changing the tokens. */
  readonly refreshClaimedUntil: Date | null;
  /** Hidden. Whose claim that is. */
  readonly refreshClaimedBy: string | null;
  readonly lastUsedAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** Tokens of a provider, sealed for the row that they belong to. */
export type SealedTokens = Pick<
  AccountRecord,
  'accessToken' | 'refreshToken' | 'idToken' | 'sealedBy' | 'expiresAt' | 'scopes' | 'tokenType'
>;

/** What a provider said about the account at a sign-in. */
export type SeenProfile = Pick<AccountRecord, 'providerUsername' | 'providerEmail' | 'emailVerified'>;

/** What names an account at its provider. */
export type ProviderIdentity = Pick<AccountRecord, 'provider' | 'providerAccountId' | 'issuer'>;

export type NewAccount = Omit<
  AccountRecord,
  'realmId' | 'refreshClaimedUntil' | 'refreshClaimedBy' | 'updatedAt' | 'lastUsedAt'
>;
