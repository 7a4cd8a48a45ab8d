import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import type { AccountRecord, AccountType } from './account.js';

@Entity({ schema: 'castellan', name: 'accounts' })
@Index('accounts_provider_account', ['realmId', 'provider', 'providerAccountId'], { unique: true })
@Index('accounts_issuer_subject', ['realmId', 'issuer', 'providerAccountId'], {
  unique: true,
  where: 'issuer IS NOT NULL',
})
@Index('accounts_user', ['userId', 'createdAt', 'id'])
@Index('accounts_sealed_by', ['sealedBy'], { where: 'sealed_by IS NOT NULL' })
@Check('accounts_type_check', `(type = 'oidc' AND issuer IS NOT NULL) OR (type = 'oauth' AND issuer IS NULL)`)
@Check(
  'accounts_sealed_check',
  '(sealed_by IS NULL) = (access_token IS NULL AND refresh_token IS NULL AND id_token IS NULL)',
)
export class AuthAccount implements AccountRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'accounts_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'accounts_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('varchar', { length: 16 })
  type!: AccountType;

  @Column('varchar', { length: 32 })
  provider!: string;

  @Column('varchar', { name: 'provider_account_id', length: 255 })
  providerAccountId!: string;

  @Column('varchar', { length: 512, nullable: true })
  issuer!: string | null;

  @Column('varchar', { name: 'provider_username', length: 255, nullable: true })
  providerUsername!: string | null;

  @Column('varchar', { name: 'provider_email', length: 254, nullable: true })
  providerEmail!: string | null;

  @Column('boolean', { name: 'email_verified' })
  emailVerified!: boolean;

  @Column('text', { array: true })
  scopes!: string[];

  @Column('varchar', { name: 'token_type', length: 32, nullable: true })
  tokenType!: string | null;

  @Column('text', { name: 'access_token', nullable: true })
  accessToken!: string | null;

  @Column('text', { name: 'refresh_token', nullable: true })
  refreshToken!: string | null;

  @Column('text', { name: 'id_token', nullable: true })
  idToken!: string | null;

  @Column('varchar', { name: 'sealed_by', length: 64, nullable: true })
  sealedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3, nullable: true })
  expiresAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'refresh_claimed_until', precision: 3, nullable: true })
  refreshClaimedUntil!: Date | null;

  @Column('uuid', { name: 'refresh_claimed_by', nullable: true })
  refreshClaimedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3 })
  lastUsedAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
