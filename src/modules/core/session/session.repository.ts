import type { Listing } from '../../../shared/listing/listing.js';
import type { UserRecord } from '../user/user.js';
import type {
  RefreshState,
  RevocationReason,
  SessionCheck,
  SessionFamilyRecord,
  SessionRecord,
} from './session.js';

export type SessionSortField = 'created_at' | 'expires_at' | 'ip_address';

export interface Rotation {
  readonly predecessorId: string;
  readonly familyId: string;
  readonly successor: SessionRecord;
  readonly sealedAnswer: string;
  readonly now: Date;
}

export interface FamilyUse {
  readonly familyId: string;
  readonly at: Date;
}

/**
 * Sessions of both modes. Rotation and revocation lock the family's row, so that no successor slips past a revocation. A family lives while it is
 * not revoked and not past `expiresAt`.
 */
export abstract class SessionRepository {
  /** Inserts family and first pair in one statement. */
  abstract start(family: SessionFamilyRecord, session: SessionRecord): Promise<void>;
  /**
   * The same, if the account lives and its `tokenVersion` is still the family's: clears its login counter and lock, sets `lastLoginAt`, and returns it.
   * Else `null`, and nothing has changed. One named statement.
   */
  abstract startByLogin(family: SessionFamilyRecord, session: SessionRecord): Promise<UserRecord | null>;
  /** Ends the living families of the user beyond the `kept` newest as `evicted`, never `current`; returns their ids. The caller has the account's row locked. */
  abstract evict(current: SessionFamilyRecord, kept: number, now: Date): Promise<string[]>;
  /** One named statement: what a check needs of pair, family and account. Says nothing about whether they may act. */
  abstract findByAccessToken(tokenHash: string): Promise<SessionCheck | null>;
  /** One named statement: pair, family and account; what it says of the successor is of the same moment. */
  abstract findByRefreshToken(tokenHash: string): Promise<RefreshState | null>;
  /**
   * One statement: if the family lives and the predecessor has no successor yet, links and inserts the successor. `false`: somebody else won, or the
   * family has ended; the caller reads again.
   */
  abstract rotate(rotation: Rotation): Promise<boolean>;
  abstract findFamily(id: string): Promise<SessionFamilyRecord | null>;
  /** Living families of a user, one entry each. */
  abstract listByUser(
    userId: string,
    listing: Listing<SessionSortField>,
    now: Date,
  ): Promise<{ rows: SessionFamilyRecord[]; total: number }>;
  /** Ends one family; `null` if it is not the user's (where one is given), or has ended before. */
  abstract revoke(
    familyId: string,
    reason: RevocationReason,
    now: Date,
    owner?: { userId: string },
  ): Promise<SessionFamilyRecord | null>;
  /** Ends every living family of the user but `except`; returns their ids. */
  abstract revokeAll(userId: string, reason: RevocationReason, now: Date, except?: string): Promise<string[]>;
  /**
   * When the last access token of the user, or of some of their families, dies by itself, whatever lifetimes it was made under; `null` where there is
   * none. After `revoke` in the same transaction no rotation can add a later one.
   */
  abstract lastAccessEnd(userId: string, familyIds?: readonly string[]): Promise<Date | null>;
  /** Carries a family over to a new token version (the session that changed the password goes on). */
  abstract adoptTokenVersion(familyId: string, tokenVersion: number): Promise<void>;
  /** Keeps claims that were collected anew. */
  abstract replaceClaims(sessionId: string, claims: Readonly<Record<string, unknown>>): Promise<void>;
  /** Records a new proof of identity within a session (step-up). */
  abstract reauthenticate(familyId: string, at: Date, methods: readonly string[]): Promise<void>;
  /** Writes last uses, of several of one family the latest; never moves one backwards. */
  abstract touch(uses: readonly FamilyUse[]): Promise<void>;
  /** Nulls sealed answers of pairs replaced before `before`. */
  abstract forgetSealedAnswers(before: Date, limit: number): Promise<number>;
  /** Removes families (with their pairs) that ended or expired before `before`, and pairs no longer needed to detect reuse. */
  abstract deleteExpired(before: Date, limit: number): Promise<number>;
}
