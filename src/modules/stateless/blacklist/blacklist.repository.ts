import type { BlacklistEntry, TokenReference } from './blacklist.js';

/** What has been revoked before its access tokens die by themselves; one entry a session, and a user one for each kind. */
export abstract class BlacklistRepository {
  /** Joins the transaction of the revocation. Of two entries of a user the higher version counts; the later end always does. */
  abstract add(entries: readonly BlacklistEntry[]): Promise<void>;
  /**
   * Entries recorded after that instant of the store's own clock, or with `null` all that still matter; and that clock's time, to go on from. An entry
   * becomes visible with its commit, which may be later than it was recorded: callers overlap.
   */
  abstract since(
    recordedAfter: Date | null,
    now: Date,
  ): Promise<{ entries: BlacklistEntry[]; recordedUntil: Date }>;
  /** One statement. */
  abstract isRevoked(token: TokenReference, now: Date): Promise<boolean>;
  abstract deleteExpired(now: Date, limit: number): Promise<number>;
}
