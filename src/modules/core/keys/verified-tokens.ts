import type { KeyObject } from 'node:crypto';
import type { ParsedJwt } from './parsed-jwt.js';

interface Entry {
  readonly jwt: ParsedJwt;
  readonly key: KeyObject;
}

/**
 * JWTs whose signature was good, so that the next request with the same text need not compute it again. Nothing else is remembered: type, issuer, audience
 * and times are judged anew each time, and the key has to be the very one. Bounded: what was used longest ago makes room. What is kept is frozen, for
 * all requests with the token share it.
 */
export class VerifiedTokens {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly max: number) {}

  get(token: string): ParsedJwt | undefined {
    return this.entries.get(token)?.jwt;
  }

  /** Whether the signature was found good under this key. */
  has(token: string, key: KeyObject): boolean {
    const entry = this.entries.get(token);
    if (entry?.key !== key) return false;
    this.entries.delete(token);
    this.entries.set(token, entry);
    return true;
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
