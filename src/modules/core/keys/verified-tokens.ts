import type { KeyObject } from 'node:crypto';
import type { ParsedJwt } from './parsed-jwt.js';

export interface VerifiedToken {
  readonly jwt: ParsedJwt;
  readonly key: KeyObject;
}

/**
 * JWTs whose signature was good, so that the next request with the same text need not compute it again. Nothing else is remembered: type, issuer, audience
 * and times are judged anew each time, and the key has to be the very one. Bounded, in two halves: once the recent one is full it becomes the older, and what
 * was not used since makes room. To be found costs one lookup, where putting the latest to the end of one map would hash a long text three times. What is
 * kept is frozen, for all requests with the token share it.
 */
export class VerifiedTokens {
  private recent = new Map<string, VerifiedToken>();
  private older = new Map<string, VerifiedToken>();

  constructor(private readonly max: number) {}

  /** The token as it was read, and the key that its signature was good under. */
  get(token: string): VerifiedToken | undefined {
    const recent = this.recent.get(token);
    if (recent) return recent;
    const older = this.older.get(token);
    if (older) this.keep(token, older);
    return older;
  }

  add(token: string, key: KeyObject, jwt: ParsedJwt): void {
    if (this.max > 0) this.keep(token, { key, jwt: frozen(jwt) });
  }

  private keep(token: string, entry: VerifiedToken): void {
    if (this.recent.size >= this.max / 2) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(token, entry);
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
