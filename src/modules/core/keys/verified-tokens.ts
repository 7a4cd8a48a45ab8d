import type { KeyObject } from 'node:crypto';
import type { ParsedJwt } from './parsed-jwt.js';

export interface VerifiedToken {
  readonly jwt: ParsedJwt;
  readonly key: KeyObject;
}

/**
 * JWTs whose signature was good, so that the next request with the same text need not compute it again. Nothing else is remembered: type, issuer, audience
 * and times are judged anew each time, and the key has to be the very one. Bounded: what was used longest ago makes room. What is kept is frozen, for
 * all requests with the token share it.
 */
export class VerifiedTokens {
  private readonly entries = new Map<string, VerifiedToken>();

  constructor(private readonly max: number) {}

  /** The token as it was read, and the key that its signature was good under. */
  get(token: string): VerifiedToken | undefined {
    const entry = this.entries.get(token);
    if (!entry) return undefined;
    this.entries.delete(token);
    this.entries.set(token, entry);
    return entry;
  }

  add(token: string, key: KeyObject, jwt: ParsedJwt): void {
    if (this.max === 0) return;
    this.entries.set(token, { key, jwt: frozen(jwt) });
    if (this.entries.size <= this.max) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
