/**
 * A place in the hash queue, taken before a login attempt is reserved in the database: an attempt is then never counted that
 * the server was too busy to check. Release it in `finally`.
 */
export interface HashReservation {
  /** As `PasswordHasher.verify`. */
  verify(password: string, stored: string): Promise<boolean>;
  /** As `PasswordHasher.verifyDummy`. */
  verifyDummy(password: string): Promise<false>;
  /** As `PasswordHasher.hash`: a renewed hash needs no second place. */
  hash(password: string): Promise<string>;
  /** Gives the place back. Further calls do nothing. */
  release(): void;
}

/**
 * Hashes and checks passwords; the DI token. Passwords are taken as they were typed and normalised here. Every method that
 * computes throws `core.hashing_busy` (503 with Retry-After) where the queue is full.
 */
export abstract class PasswordHasher {
  /** A new hash with a salt of its own. Throws `core.password_invalid` for a lone surrogate. */
  abstract hash(password: string): Promise<string>;
  /** False too, at once and without computing, for a stored hash that is not supported. */
  abstract verify(password: string, stored: string): Promise<boolean>;
  /** Costs what `verify` costs with a new hash: for identifiers that nobody has, and accounts without a password. */
  abstract verifyDummy(password: string): Promise<false>;
  /** Whether the hash is of another kind, or weaker, than a new one would be. */
  abstract needsRehash(stored: string): boolean;
  /** Whether `verify` can check it: a known format, well-formed, of a bearable cost. */
  abstract isSupported(stored: string): boolean;
  /** Takes a place in the queue now. Throws `core.hashing_busy`. */
  abstract reserve(): HashReservation;
  /** Hashes being computed. */
  abstract get running(): number;
  /** Places held beside those. */
  abstract get queued(): number;
}
