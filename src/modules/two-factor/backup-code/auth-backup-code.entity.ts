import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import type { BackupCodeRecord } from './backup-code.js';

@Entity({ schema: 'castellan', name: 'backup_codes' })
@Index('backup_codes_selector', ['realmId', 'userId', 'selector'], { unique: true })
@Index('backup_codes_user', ['userId'])
@Check('backup_codes_used_check', 'used = (used_at IS NOT NULL)')
export class AuthBackupCode implements BackupCodeRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'backup_codes_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'backup_codes_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('varchar', { length: 8 })
  selector!: string;

  @Column('varchar', { length: 128 })
  code!: string;

  @Column('boolean', { default: false })
  used!: boolean;

  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
