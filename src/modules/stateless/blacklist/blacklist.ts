/** Access tokens of one session are dead. */
export interface RevokedSession {
  readonly id: string;
  readonly kind: 'session';
  readonly userId: string;
  readonly sessionId: string;
  /** When the last access token that it concerns has died by itself. */
  readonly expiresAt: Date;
}

/** Access tokens of a user below a version are dead, but those of the session `keptSessionId`. */
export interface RevokedUser {
  readonly id: string;
  readonly kind: 'user';
  readonly userId: string;
  readonly minTokenVersion: number;
  readonly keptSessionId: string | null;
  readonly expiresAt: Date;
}

export type BlacklistEntry = RevokedSession | RevokedUser;

/** What an access token says about itself. */
export interface TokenReference {
  readonly sessionId: string;
  readonly userId: string;
  readonly tokenVersion: number;
}
