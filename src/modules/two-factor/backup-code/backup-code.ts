/** One of a user's backup codes; good for one use. */
export interface BackupCodeRecord {
  readonly id: string;
  readonly realmId: string;
  readonly userId: string;
  /** The part of the code that names its row, so that a check compares one hash. Not secret. */
  readonly selector: string;
  /** Hidden. bcrypt hash of the rest. */
  readonly code: string;
  readonly used: boolean;
  readonly usedAt: Date | null;
  readonly createdAt: Date;
}

export type NewBackupCode = Pick<BackupCodeRecord, 'id' | 'userId' | 'selector' | 'code' | 'createdAt'>;
