import type { AccountStanding, UserRecord } from '../user/user.js';

/** Why a session ended. */
export type RevocationReason =
  | 'logout'
  | 'user_revoke'
  | 'user_revoke_all'
  | 'admin_revoke'
  | 'admin_revoke_all'
  | 'password_change'
  | 'password_reset'
  | 'admin_set_password'
  | 'user_disabled'
  | 'banned'
  | 'soft_deleted'
  | 'evicted'
  | 'address_proven'
  | 'impersonation_ended'
  | 'refresh_reuse_detected';

/** A login and all that descends from it by refreshing: what a user sees as one session. Its id is `session_id` and the claim `sid`. */
export interface SessionFamilyRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  /** The account's token version when the login began; a family of an older version is dead. */
  readonly tokenVersion: number;
  /** Absolute end (session TTL): refreshing never passes it. */
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly revokedReason: RevocationReason | null;
  readonly deviceName: string | null;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  /** When the user last proved who they are (`auth_time`), and by which methods (`amr`, RFC 8176). */
  readonly authenticatedAt: Date;
  readonly methods: readonly string[];
  /** The administrator who acts as the user in this session; `null`: it is the user's own. Nobody has proven to be the user then. */
  readonly impersonatorId: string | null;
  /** The administrator's own session, which this one ends with. */
  readonly impersonatorSessionId: string | null;
  readonly lastUsedAt: Date;
  readonly createdAt: Date;
}

/** One pair of access and refresh token of a family. Tokens are stored as SHA-256, hex. */
export interface SessionRecord {
  readonly id: string;
  readonly familyId: string;
  readonly userId: string;
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
  /** `null` in stateless mode, where the access token is a JWT. */
  readonly accessToken: string | null;
  /** End of the access token. */
  readonly expiresAt: Date;
  /** Claims that modules and the host contributed when the pair was minted. */
  readonly claims: Readonly<Record<string, unknown>>;
  readonly userAgent: string | null;
  readonly ipAddress: string | null;
  /** The successor's id; set once, by the one rotation that wins. */
  readonly replacedBy: string | null;
  readonly replacedAt: Date | null;
  /** The successor's whole answer, sealed under the presented token (`sealAnswer`); nulled after the grace. */
  readonly sealedAnswer: string | null;
  readonly createdAt: Date;
}

/** What says whether an access token is good: no more of its pair, its family and its account than that takes, for every request pays for it. */
export interface CheckedSession {
  readonly session: Pick<SessionRecord, 'id' | 'expiresAt' | 'claims' | 'createdAt'>;
  readonly family: Pick<
    SessionFamilyRecord,
    | 'id'
    | 'tokenVersion'
    | 'expiresAt'
    | 'revokedAt'
    | 'authenticatedAt'
    | 'methods'
    | 'impersonatorId'
    | 'lastUsedAt'
  >;
  readonly user: AccountStanding & Pick<UserRecord, 'id' | 'tokenVersion' | 'claimsVersion'>;
}

/** What the check of an access token reads. */
export interface SessionCheck extends CheckedSession {
  /** The whole account, as the same statement has read it. */
  readonly account: () => UserRecord;
}

/** A pair with its family and its account, as one lookup reads them. */
export interface SessionState {
  readonly session: SessionRecord;
  readonly family: SessionFamilyRecord;
  readonly user: UserRecord;
}

/** What a refresh token stands for. */
export interface RefreshState extends SessionState {
  /** The pair that replaced this one is there, and has not been replaced itself; `false` where nothing has replaced it. */
  readonly successorIsCurrent: boolean;
}
