import type { NewToken, TokenPurpose, TokenRecord } from './token.js';

/** Single-use secrets. Consuming is one conditional update: of any number of simultaneous attempts one gets the record. */
export abstract class TokenRepository {
  /** Inserts in place of an unused secret of the same (type, subject): `ON CONFLICT … DO UPDATE`. */
  abstract replace(token: NewToken): Promise<void>;
  /** Looks without consuming; only unused and unexpired secrets. */
  abstract findActive(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null>;
  abstract findActiveBySubject(type: TokenPurpose, subject: string, now: Date): Promise<TokenRecord | null>;
  abstract findByUserId(userId: string): Promise<TokenRecord[]>;
  abstract consume(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null>;
  /** Consumes by code; `codes` are the HMACs of the presented code under every key. The budget is counted before. */
  abstract consumeByCode(
    type: TokenPurpose,
    subject: string,
    codes: readonly string[],
    now: Date,
  ): Promise<TokenRecord | null>;
  /** Consumes by id, for a secret found before by `findActive`. */
  abstract consumeById(id: string, now: Date): Promise<TokenRecord | null>;
  abstract deleteBySubject(type: TokenPurpose, subject: string): Promise<void>;
  /** Voids every secret of a user, or those of some purposes. */
  abstract deleteByUserId(userId: string, types?: readonly TokenPurpose[]): Promise<void>;
  /** Removes what has expired or been used before `before`, at most `limit` rows; returns how many. */
  abstract deleteExpired(before: Date, limit: number): Promise<number>;
}
