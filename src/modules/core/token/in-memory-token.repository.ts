import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { NewToken, TokenPurpose, TokenRecord } from './token.js';
import { TokenRepository } from './token.repository.js';

@Injectable()
export class InMemoryTokenRepository implements TokenRepository {
  private readonly tokens: InMemoryTable<TokenRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.tokens = database.table<TokenRecord>('tokens', {
      unique: [
        { name: 'tokens_token', key: (token) => token.token ?? undefined },
        {
          name: 'tokens_subject',
          key: (token) => (token.used ? undefined : JSON.stringify([token.type, token.subject])),
        },
      ],
    });
  }

  replace(token: NewToken): Promise<void> {
    return this.database.execute(() => {
      const older = this.tokens.find(
        (row) => row.type === token.type && row.subject === token.subject && !row.used,
      );
      if (older) this.tokens.delete(older.id);
      this.tokens.insert({ ...token, realmId: DEFAULT_REALM_ID, used: false, usedAt: null });
    });
  }

  findActive(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.database.execute(
      () => this.active(now, (token) => token.type === type && token.token === tokenHash) ?? null,
    );
  }

  findActiveBySubject(type: TokenPurpose, subject: string, now: Date): Promise<TokenRecord | null> {
    return this.database.execute(
      () => this.active(now, (token) => token.type === type && token.subject === subject) ?? null,
    );
  }

  findByUserId(userId: string): Promise<TokenRecord[]> {
    return this.database.execute(() =>
      this.tokens
        .filter((token) => token.userId === userId)
        .sort(
          (one, other) => other.createdAt.getTime() - one.createdAt.getTime() || (one.id < other.id ? 1 : -1),
        ),
    );
  }

  consume(type: TokenPurpose, tokenHash: string, now: Date): Promise<TokenRecord | null> {
    return this.use(now, (token) => token.type === type && token.token === tokenHash);
  }

  consumeByCode(
    type: TokenPurpose,
    subject: string,
    codes: readonly string[],
    now: Date,
  ): Promise<TokenRecord | null> {
    return this.use(
      now,
      (token) =>
        token.type === type && token.subject === subject && token.code !== null && codes.includes(token.code),
    );
  }

  consumeById(id: string, now: Date): Promise<TokenRecord | null> {
    return this.use(now, (token) => token.id === id);
  }

  deleteBySubject(type: TokenPurpose, subject: string): Promise<void> {
    return this.deleteAll((token) => token.type === type && token.subject === subject && !token.used);
  }

  deleteByUserId(userId: string, types?: readonly TokenPurpose[]): Promise<void> {
    return this.deleteAll((token) => token.userId === userId && (!types || types.includes(token.type)));
  }

  deleteExpired(before: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.tokens
        .filter((token) => token.expiresAt < before || (token.usedAt !== null && token.usedAt < before))
        .slice(0, limit);
      for (const { id } of expired) this.tokens.delete(id);
      return expired.length;
    });
  }

  private active(now: Date, matches: (token: TokenRecord) => boolean): TokenRecord | undefined {
    return this.tokens.find((token) => !token.used && token.expiresAt > now && matches(token));
  }

  private use(now: Date, matches: (token: TokenRecord) => boolean): Promise<TokenRecord | null> {
    return this.database.execute(() => {
      const found = this.active(now, matches);
      return found ? (this.tokens.update(found.id, { used: true, usedAt: now }) ?? null) : null;
    });
  }

  private deleteAll(matches: (token: TokenRecord) => boolean): Promise<void> {
    return this.database.execute(() => {
      for (const { id } of this.tokens.filter(matches)) this.tokens.delete(id);
    });
  }
}
