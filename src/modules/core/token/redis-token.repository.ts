import type { Redis } from 'ioredis';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import * as scripts from './redis-token.scripts.js';
import type { NewToken, TokenPurpose, TokenRecord } from './token.js';
import { TokenRepository } from './token.repository.js';

/** Rows stay for a week past their expiry, should nobody sweep them. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/**
 * Single-use secrets in Redis: each method is one script, and so atomic. A transaction of another store does not take them back. All keys share one
 * hash slot, as scripts on a cluster need.
 */
export class RedisTokenRepository implements TokenRepository {
  constructor(private readonly redis: Redis) {}

  async replace(token: NewToken): Promise<void> {
    const record: TokenRecord = { ...token, realmId: DEFAULT_REALM_ID, used: false, usedAt: null };
    const keptMs = Math.max(1, token.expiresAt.getTime() - token.createdAt.getTime()) + KEPT_MS;
    const { id, type, subject, token: hash, code, userId, expiresAt } = record;
    await this.run(scripts.REPLACE, [
      id,
      subjectKey(type, subject),
      hash ?? '',
      code ?? '',
      userId ?? '',
      expiresAt.getTime(),
      keptMs,
      type,
      JSON.stringify(record),
    ]);
  }

  findActive(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.one(scripts.FIND, ['token', tokenHash, type, now.getTime()]);
  }

  findActiveBySubject(type: TokenPurpose, subject: string, now: Date): Promise<TokenRecord | null> {
    return this.one(scripts.FIND, ['subject', subjectKey(type, subject), type, now.getTime()]);
  }

  async findByUserId(userId: string): Promise<TokenRecord[]> {
    const rows = await this.run(scripts.FIND_BY_USER, [userId]);
    if (!Array.isArray(rows)) return [];
    return rows
      .map((row) => parse(String(row)))
      .sort(
        (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
      );
  }

  consume(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.use('token', tokenHash, type, now);
  }

  async consumeByCode(
    type: TokenPurpose,
    subject: string,
    codes: readonly string[],
    now: Date,
  ): Promise<TokenRecord | null> {
    if (codes.length === 0) return null;
    return this.use('subject', subjectKey(type, subject), type, now, codes);
  }

  consumeById(id: string, now: Date): Promise<TokenRecord | null> {
    return this.use('row', id, '', now);
  }

  async deleteBySubject(type: TokenPurpose, subject: string): Promise<void> {
    await this.run(scripts.DELETE_BY_SUBJECT, [subjectKey(type, subject)]);
  }

  async deleteByUserId(userId: string, types?: readonly TokenPurpose[]): Promise<void> {
    if (types?.length === 0) return;
    await this.run(scripts.DELETE_BY_USER, [userId, ...(types ?? [])]);
  }

  async deleteExpired(before: Date, limit: number): Promise<number> {
    return Number(await this.run(scripts.DELETE_EXPIRED, [before.getTime(), limit]));
  }

  private use(
    index: 'token' | 'subject' | 'row',
    key: string,
    type: TokenPurpose | '',
    now: Date,
    codes: readonly string[] = [],
  ): Promise<TokenRecord | null> {
    return this.one(scripts.USE, [index, key, type, now.getTime(), now.toISOString(), ...codes]);
  }

  private async one(script: string, values: readonly (string | number)[]): Promise<TokenRecord | null> {
    const row = await this.run(script, values);
    return typeof row === 'string' ? parse(row) : null;
  }

  private run(script: string, values: readonly (string | number)[]): Promise<unknown> {
    return this.redis.eval(script, 1, scripts.PREFIX, ...values);
  }
}

function subjectKey(type: TokenPurpose, subject: string): string {
  return JSON.stringify([type, subject]);
}

interface StoredToken extends Omit<TokenRecord, 'expiresAt' | 'usedAt' | 'createdAt'> {
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly createdAt: string;
}

function parse(row: string): TokenRecord {
  const stored = JSON.parse(row) as StoredToken;
  return {
    ...stored,
    expiresAt: new Date(stored.expiresAt),
    usedAt: stored.usedAt === null ? null : new Date(stored.usedAt),
    createdAt: new Date(stored.createdAt),
  };
}
