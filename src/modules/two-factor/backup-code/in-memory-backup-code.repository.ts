import { Injectable } from '@nestjs/common';
import { InMemoryDatabase } from '../../../shared/persistence/in-memory-database.js';
import { InMemoryTable } from '../../../shared/persistence/in-memory-table.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { BackupCodeRecord, NewBackupCode } from './backup-code.js';
import { BackupCodeRepository } from './backup-code.repository.js';

@Injectable()
export class InMemoryBackupCodeRepository implements BackupCodeRepository {
  private readonly rows: InMemoryTable<BackupCodeRecord>;

  constructor(private readonly database: InMemoryDatabase) {
    this.rows = database.table<BackupCodeRecord>('backup_codes', {
      unique: [{ name: 'backup_codes_selector', key: ({ userId, selector }) => `${userId} ${selector}` }],
    });
  }

  createBatch(codes: readonly NewBackupCode[]): Promise<void> {
    return this.database.execute(() => {
      for (const code of codes)
        this.rows.insert({ ...code, realmId: DEFAULT_REALM_ID, used: false, usedAt: null });
    });
  }

  findByUserId(userId: string): Promise<BackupCodeRecord[]> {
    return this.database.execute(() =>
      this.rows
        .filter((row) => row.userId === userId)
        .sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)),
    );
  }

  countUnused(userId: string): Promise<number> {
    return this.database.execute(() => this.rows.filter((row) => row.userId === userId && !row.used).length);
  }

  findUnused(userId: string, selector: string): Promise<BackupCodeRecord | null> {
    return this.database.execute(
      () => this.rows.find((row) => row.userId === userId && row.selector === selector && !row.used) ?? null,
    );
  }

  markUsed(id: string, now: Date): Promise<boolean> {
    return this.database.execute(() => {
      const unused = this.rows.get(id)?.used === false;
      return unused && this.rows.update(id, { used: true, usedAt: now }) !== undefined;
    });
  }

  deleteByUserId(userId: string): Promise<void> {
    return this.database.execute(() => this.database.deleteWhere('backup_codes', 'userId', userId));
  }
}
