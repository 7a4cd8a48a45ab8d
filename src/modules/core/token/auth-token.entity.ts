import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../user/auth-user.entity.js';
import type { TokenPurpose, TokenRecord } from './token.js';

@Entity({ schema: 'castellan', name: 'tokens' })
@Index('tokens_token', ['realmId', 'token'], { unique: true, where: 'token IS NOT NULL' })
@Index('tokens_subject', ['realmId', 'type', 'subject'], { unique: true, where: 'used = false' })
@Index('tokens_user', ['userId'])
@Index('tokens_expires_at', ['expiresAt'])
@Index('tokens_used_at', ['usedAt'], { where: 'used_at IS NOT NULL' })
@Check('tokens_secret_check', 'token IS NOT NULL OR code IS NOT NULL')
@Check('tokens_used_check', 'used = (used_at IS NOT NULL)')
export class AuthToken implements TokenRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'tokens_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'tokens_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id', nullable: true })
  userId!: string | null;

  @Column('varchar', { length: 64 })
  type!: TokenPurpose;

  @Column('varchar', { length: 320 })
  subject!: string;

  @Column('varchar', { length: 64, nullable: true })
  token!: string | null;

  @Column('varchar', { length: 128, nullable: true })
  code!: string | null;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

  @Column('varchar', { name: 'phone_number', length: 16, nullable: true })
  phoneNumber!: string | null;

  @Column('jsonb')
  payload!: Record<string, unknown>;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column('boolean', { default: false })
  used!: boolean;

  @Column({ type: 'timestamptz', name: 'used_at', precision: 3, nullable: true })
  usedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
