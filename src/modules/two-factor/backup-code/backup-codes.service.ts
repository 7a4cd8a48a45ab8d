import { Injectable } from '@nestjs/common';
import { IdGenerator } from '../../../shared/ids/id-generator.js';
import { Clock } from '../../../shared/time/clock.js';
import type { NewBackupCode } from './backup-code.js';
import { BackupCodeHasher } from './backup-code-hasher.js';
import { formatBackupCode, newBackupCodes } from './backup-code-text.js';
import { BackupCodeRepository } from './backup-code.repository.js';

const CODES = 10;

/** New codes that are not stored yet. */
export interface PreparedCodes {
  /** As the user sees them, this once. */
  readonly texts: readonly string[];
  readonly records: readonly NewBackupCode[];
}

/** Makes, stores and counts backup codes. */
@Injectable()
export class BackupCodesService {
  constructor(
    private readonly codes: BackupCodeRepository,
    private readonly hasher: BackupCodeHasher,
    private readonly ids: IdGenerator,
    private readonly clock: Clock,
  ) {}

  /** Outside of transactions: it hashes. @throws core.hashing_busy */
  async prepare(userId: string): Promise<PreparedCodes> {
    const place = this.hasher.reserve();
    try {
      const texts: string[] = [];
      const records: NewBackupCode[] = [];
      for (const text of newBackupCodes(CODES)) {
        const code = await place.hash(text.secret);
        const createdAt = this.clock.now();
        records.push({ id: this.ids.next(), userId, selector: text.selector, code, createdAt });
        texts.push(formatBackupCode(text));
      }
      return { texts, records };
    } finally {
      place.release();
    }
  }

  /** Stores them in place of the older ones. In a transaction that holds the user's lock. */
  async store(userId: string, { records }: PreparedCodes): Promise<void> {
    await this.codes.deleteByUserId(userId);
    await this.codes.createBatch(records);
  }

  countUnused(userId: string): Promise<number> {
    return this.codes.countUnused(userId);
  }
}
