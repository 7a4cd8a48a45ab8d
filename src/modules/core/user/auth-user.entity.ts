import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { UserRecord } from './user.js';

@Entity({ schema: 'castellan', name: 'users' })
@Index('users_email_key', ['realmId', 'emailKey'], {
  unique: true,
  where: 'deleted_at IS NULL AND email_key IS NOT NULL',
})
@Index('users_username_key', ['realmId', 'usernameKey'], {
  unique: true,
  where: 'deleted_at IS NULL AND username_key IS NOT NULL',
})
@Index('users_phone_number_key', ['realmId', 'phoneNumber'], {
  unique: true,
  where: 'deleted_at IS NULL AND phone_number IS NOT NULL',
})
@Index('users_created_at', ['realmId', 'createdAt', 'id'])
@Index('users_deleted_at', ['deletedAt'], { where: 'deleted_at IS NOT NULL' })
@Index('users_deleted', ['realmId', 'createdAt', 'id'], { where: 'deleted_at IS NOT NULL' })
// In the collation "C", or of trigrams: TypeORM has no words for these, see the migration.
@Index('users_sort_email', { synchronize: false })
@Index('users_sort_username', { synchronize: false })
@Index('users_sort_name', { synchronize: false })
@Index('users_search', { synchronize: false })
@Index('users_super_admin', ['realmId'], { where: 'is_super_admin' })
@Index('users_banned', ['realmId', 'bannedUntil'], { where: 'banned_at IS NOT NULL AND deleted_at IS NULL' })
@Index('users_inactive', ['realmId', 'createdAt', 'id'], { where: 'NOT active AND deleted_at IS NULL' })
@Index('users_unverified', ['realmId', 'createdAt', 'id'], {
  where: 'NOT email_verified AND deleted_at IS NULL',
})
@Check('users_email_check', `(email IS NULL) = (email_key IS NULL) AND email <> ''`)
@Check('users_username_check', `(username IS NULL) = (username_key IS NULL) AND username <> ''`)
@Check('users_phone_number_check', `phone_number ~ '^\\+[1-9][0-9]{1,14}$'`)
@Check('users_counters_check', 'token_version >= 0 AND failed_login_attempts >= 0')
export class AuthUser implements UserRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'users_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 200, nullable: true })
  name!: string | null;

  @Column('varchar', { name: 'first_name', length: 100, nullable: true })
  firstName!: string | null;

  @Column('varchar', { name: 'last_name', length: 100, nullable: true })
  lastName!: string | null;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

  @Column('varchar', { name: 'email_key', length: 254, nullable: true })
  emailKey!: string | null;

  @Column('varchar', { length: 30, nullable: true })
  username!: string | null;

  @Column('varchar', { name: 'username_key', length: 30, nullable: true })
  usernameKey!: string | null;

  @Column('varchar', { name: 'phone_number', length: 16, nullable: true })
  phoneNumber!: string | null;

  @Column('varchar', { name: 'password', length: 512, nullable: true })
  passwordHash!: string | null;

  @Column('varchar', { length: 2048, nullable: true })
  avatar!: string | null;

  @Column('varchar', { length: 2000, nullable: true })
  biography!: string | null;

  @Column('varchar', { length: 35, nullable: true })
  locale!: string | null;

  @Column('boolean', { default: true })
  active!: boolean;

  @Column('boolean', { name: 'email_verified', default: false })
  emailVerified!: boolean;

  @Column('boolean', { name: 'phone_number_verified', default: false })
  phoneNumberVerified!: boolean;

  @Column('boolean', { name: 'is_super_admin', default: false })
  isSuperAdmin!: boolean;

  @Column('integer', { name: 'token_version', default: 0 })
  tokenVersion!: number;

  @Column('integer', { name: 'claims_version', default: 0 })
  claimsVersion!: number;

  @Column('integer', { name: 'failed_login_attempts', default: 0 })
  failedLoginAttempts!: number;

  @Column({ type: 'timestamptz', name: 'locked_until', precision: 3, nullable: true })
  lockedUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'banned_at', precision: 3, nullable: true })
  bannedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'banned_until', precision: 3, nullable: true })
  bannedUntil!: Date | null;

  @Column('varchar', { name: 'ban_reason', length: 500, nullable: true })
  banReason!: string | null;

  @Column('uuid', { name: 'banned_by', nullable: true })
  bannedBy!: string | null;

  @Column({ type: 'timestamptz', name: 'deleted_at', precision: 3, nullable: true })
  deletedAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'last_login_at', precision: 3, nullable: true })
  lastLoginAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
