import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AuthUser } from '../user/auth-user.entity.js';
import { AuthSessionFamily } from './auth-session-family.entity.js';
import type { SessionRecord } from './session.js';

@Entity({ schema: 'castellan', name: 'sessions' })
@Index('sessions_refresh_token', ['refreshToken'], { unique: true })
@Index('sessions_access_token', ['accessToken'], { unique: true, where: 'access_token IS NOT NULL' })
@Index('sessions_family', ['familyId'])
@Index('sessions_user', ['userId'])
@Index('sessions_refresh_token_expires_at', ['refreshTokenExpiresAt'])
@Index('sessions_sealed', ['replacedAt'], { where: 'sealed_answer IS NOT NULL' })
export class AuthSession implements SessionRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'sessions_pkey' })
  id!: string;

  @ForeignKey(() => AuthSessionFamily, { name: 'sessions_family_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'family_id' })
  familyId!: string;

  @ForeignKey(() => AuthUser, { name: 'sessions_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('varchar', { name: 'refresh_token', length: 64 })
  refreshToken!: string;

  @Column({ type: 'timestamptz', name: 'refresh_token_expires_at', precision: 3 })
  refreshTokenExpiresAt!: Date;

  @Column('varchar', { name: 'access_token', length: 64, nullable: true })
  accessToken!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('jsonb')
  claims!: Record<string, unknown>;

  @Column('varchar', { name: 'user_agent', length: 512, nullable: true })
  userAgent!: string | null;

  @Column('varchar', { name: 'ip_address', length: 45, nullable: true })
  ipAddress!: string | null;

  @Column('uuid', { name: 'replaced_by', nullable: true })
  replacedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'replaced_at', precision: 3, nullable: true })
  replacedAt!: Date | null;

  @Column('text', { name: 'sealed_answer', nullable: true })
  sealedAnswer!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
