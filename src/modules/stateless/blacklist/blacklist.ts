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

/** Access tokens of a user below a claims version say what is no longer so. Their sessions go on: a refresh brings new ones. */
export interface StaleClaims {
  readonly id: string;
  readonly kind: 'claims';
  readonly userId: string;
  readonly minClaimsVersion: number;
  readonly expiresAt: Date;
}

export type BlacklistEntry = RevokedSession | RevokedUser | StaleClaims;

/** What an access token says about itself. */
export interface TokenReference {
  readonly sessionId: string;
  readonly userId: string;
  readonly tokenVersion: number;
  readonly claimsVersion: number;
}

/** What an entry is about: kind and id. There is one entry for each. */
export function subjectOf(entry: BlacklistEntry): string {
  return `${entry.kind} ${entry.kind === 'session' ? entry.sessionId : entry.userId}`;
}

/** One entry for two of a subject: the higher version counts, and the later end. */
export function mergeEntries(known: BlacklistEntry, added: BlacklistEntry): BlacklistEntry {
  const expiresAt = known.expiresAt > added.expiresAt ? known.expiresAt : added.expiresAt;
  return { ...(versionOf(added) > versionOf(known) ? added : known), expiresAt };
}

function versionOf(entry: BlacklistEntry): number {
  if (entry.kind === 'session') return 0;
  return entry.kind === 'user' ? entry.minTokenVersion : entry.minClaimsVersion;
}
