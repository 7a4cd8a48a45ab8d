/** What a single-use secret is good for. Other modules add theirs by declaration merging on `TokenPurposes`. */
export interface TokenPurposes {
  registration: true;
  email_verification: true;
  phone_verification: true;
  password_reset: true;
  email_change: true;
  phone_change: true;
  login_challenge: true;
}
export type TokenPurpose = keyof TokenPurposes;

/** One single-use secret: a link token, a numeric code, or both. The secrets themselves are never stored. */
export interface TokenRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string | null;
  readonly type: TokenPurpose;
  /** What the secret belongs to. At most one unused secret lives for a (type, subject): a new one voids the older. */
  readonly subject: string;
  /** SHA-256 of the link token, hex. */
  readonly token: string | null;
  /** HMAC of the numeric code (`KeyRing.hmac`), looked for by (type, subject). */
  readonly code: string | null;
  readonly email: string | null;
  readonly phoneNumber: string | null;
  /** What the owner of the purpose has to remember; no secrets. */
  readonly payload: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date;
  readonly used: boolean;
  readonly usedAt: Date | null;
  readonly createdAt: Date;
}

export type NewToken = Omit<TokenRecord, 'realmId' | 'used' | 'usedAt'>;
