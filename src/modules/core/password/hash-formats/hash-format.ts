/** A stored hash whose syntax and cost have been found in order; nothing has been computed yet. */
export interface ReadableHash {
  /** Computes the hash of the password and compares in constant time. */
  matches(password: string): Promise<boolean>;
}

/** One way to write a password hash. */
export interface HashFormat {
  /** `null` if the text is in another format, malformed, or of a cost beyond bounds. Fast, and never throws. */
  read(stored: string): ReadableHash | null;
}

/** A format that new hashes may be made in. */
export interface WritableHashFormat extends HashFormat {
  hash(password: string): Promise<string>;
  /** Whether the hash is in this format and at least as strong as a new one. */
  isCurrent(stored: string): boolean;
  /** A hash in this format, as costly to check as a new one, that stands for no password. */
  readonly dummy: string;
}
