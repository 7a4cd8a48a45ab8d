import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import type { BlacklistEntry, TokenReference } from './blacklist.js';
import { BlacklistRepository } from './blacklist.repository.js';

interface Row {
  /** Kind and subject. */
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
        const id = idOf(entry);
        const known = this.rows.get(id);
        if (known) this.rows.update(id, { entry: merge(known.entry, entry), recordedAt: new Date() });
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

  isRevoked({ sessionId, userId, tokenVersion }: TokenReference, now: Date): Promise<boolean> {
    return this.database.execute(() => {
      if (this.rows.get(`session ${sessionId}`)) return true;
      const bar = this.rows.get(`user ${userId}`)?.entry;
      return (
        bar?.kind === 'user' &&
        bar.expiresAt > now &&
        tokenVersion < bar.minTokenVersion &&
        sessionId !== bar.keptSessionId
      );
    });
  }

  deleteExpired(now: Date, limit: number): Promise<number> {
    return this.database.execute(() => {
      const expired = this.rows.filter(({ entry }) => entry.expiresAt < now).slice(0, limit);
      for (const { id } of expired) this.rows.delete(id);
      return expired.length;
    });
  }
}

function idOf(entry: BlacklistEntry): string {
  return entry.kind === 'session' ? `session ${entry.sessionId}` : `user ${entry.userId}`;
}

function merge(known: BlacklistEntry, added: BlacklistEntry): BlacklistEntry {
  const expiresAt = known.expiresAt > added.expiresAt ? known.expiresAt : added.expiresAt;
  const higher =
    known.kind === 'user' && added.kind === 'user' && added.minTokenVersion > known.minTokenVersion
      ? added
      : known;
  return { ...higher, expiresAt };
}
