import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { type BlacklistEntry, mergeEntries, subjectOf, type TokenReference } from './blacklist.js';
import { BlacklistRepository } from './blacklist.repository.js';

interface Row {
  /** `subjectOf` the entry. */
  readonly id: string;
  readonly entry: BlacklistEntry;
  readonly recordedAt: Date;
}

@Injectable()
export class InMemoryBlacklistRepository implements BlacklistRepository {
  private readonly rows: InMemoryTable<Row>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<Row>('blacklist');
  }

  add(entries: readonly BlacklistEntry[]): Promise<void> {
    return this.database.execute(() => {
      for (const entry of entries) {
        const id = subjectOf(entry);
        const known = this.rows.get(id);
        if (known) this.rows.update(id, { entry: mergeEntries(known.entry, entry), recordedAt: new Date() });
        else this.rows.insert({ id, entry, recordedAt: new Date() });
      }
    });
  }

  since(recordedAfter: Date | null, now: Date): Promise<{ entries: BlacklistEntry[]; recordedUntil: Date }> {
    return this.database.execute(() => ({
      entries: this.rows
        .filter(
          ({ entry, recordedAt }) =>
            entry.expiresAt > now && (recordedAfter === null || recordedAt > recordedAfter),
        )
        .map(({ entry }) => entry),
      recordedUntil: new Date(),
    }));
  }

  isRevoked(token: TokenReference, now: Date): Promise<boolean> {
    const { sessionId, userId, tokenVersion, claimsVersion } = token;
    return this.database.execute(() => {
      if (this.rows.get(`session ${sessionId}`)) return true;
      const bar = this.living(`user ${userId}`, now);
      if (bar?.kind === 'user' && tokenVersion < bar.minTokenVersion && sessionId !== bar.keptSessionId)
        return true;
      const claims = this.living(`claims ${userId}`, now);
      return claims?.kind === 'claims' && claimsVersion < claims.minClaimsVersion;
    });
  }

  deleteExpired(now: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.rows.filter(({ entry }) => entry.expiresAt < now).slice(0, limit);
      for (const { id } of expired) this.rows.delete(id);
      return expired.length;
    });
  }

  private living(id: string, now: Date): BlacklistEntry | undefined {
    const entry = this.rows.get(id)?.entry;
    return entry && entry.expiresAt > now ? entry : undefined;
  }
}
