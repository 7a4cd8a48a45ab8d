import type { BackupCodeRecord, NewBackupCode } from './backup-code.js';

/** Backup codes. Every method is one atomic statement. */
export abstract class BackupCodeRepository {
  abstract createBatch(codes: readonly NewBackupCode[]): Promise<void>;
  /** Used ones too. */
  abstract findByUserId(userId: string): Promise<BackupCodeRecord[]>;
  abstract countUnused(userId: string): Promise<number>;
  /** Used ones are not found. */
  abstract findUnused(userId: string, selector: string): Promise<BackupCodeRecord | null>;
  /** Of any number of simultaneous calls one passes. */
  abstract markUsed(id: string, now: Date): Promise<boolean>;
  abstract deleteByUserId(userId: string): Promise<void>;
}
