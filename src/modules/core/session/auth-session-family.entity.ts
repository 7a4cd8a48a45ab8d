import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../user/auth-user.entity.js';
import type { RevocationReason, SessionFamilyRecord } from './session.js';

@Entity({ schema: 'castellan', name: 'session_families' })
@Index('session_families_living', ['userId', 'createdAt', 'id'], { where: 'revoked_at IS NULL' })
@Index('session_families_user', ['userId'])
@Index('session_families_expires_at', ['expiresAt'])
@Index('session_families_open', ['realmId', 'expiresAt'], { where: 'revoked_at IS NULL' })
@Index('session_families_impersonator', ['impersonatorId'], { where: 'impersonator_id IS NOT NULL' })
@Index('session_families_revoked_at', ['revokedAt'], { where: 'revoked_at IS NOT NULL' })
export class AuthSessionFamily implements SessionFamilyRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'session_families_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'session_families_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('integer', { name: 'token_version' })
  tokenVersion!: number;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'revoked_at', precision: 3, nullable: true })
  revokedAt!: Date | null;

  @Column('varchar', { name: 'revoked_reason', length: 32, nullable: true })
  revokedReason!: RevocationReason | null;

  @Column('varchar', { name: 'device_name', length: 100, nullable: true })
  deviceName!: string | null;

  @Column('varchar', { name: 'user_agent', length: 512, nullable: true })
  userAgent!: string | null;

  @Column('varchar', { name: 'ip_address', length: 45, nullable: true })
  ipAddress!: string | null;

  @Column({ type: 'timestamptz', name: 'authenticated_at', precision: 3 })
  authenticatedAt!: Date;

  @Column('text', { array: true })
  methods!: string[];

  @ForeignKey(() => AuthUser, { name: 'session_families_impersonator_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'impersonator_id', nullable: true })
  impersonatorId!: string | null;

  @Column('uuid', { name: 'impersonator_session_id', nullable: true })
  impersonatorSessionId!: string | null;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3 })
  lastUsedAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
