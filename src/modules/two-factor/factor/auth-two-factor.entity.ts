import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import type { TwoFactorMethod, TwoFactorRecord } from './two-factor.js';

@Entity({ schema: 'castellan', name: 'two_factors' })
@Index('two_factors_method', ['realmId', 'userId', 'method'], { unique: true })
@Index('two_factors_user', ['userId'])
@Index('two_factors_unconfirmed', ['pendingAt'], { where: 'NOT enabled' })
@Check('two_factors_method_check', `method IN ('totp', 'sms', 'email')`)
@Check('two_factors_enabled_check', 'enabled = verified AND enabled = (confirmed_at IS NOT NULL)')
@Check('two_factors_pending_check', '(pending_secret IS NULL) = (pending_at IS NULL)')
@Check(
  'two_factors_secret_check',
  `NOT enabled OR ((method = 'totp') = (secret IS NOT NULL) AND (method = 'sms') = (phone_number IS NOT NULL))`,
)
export class AuthTwoFactor implements TwoFactorRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'two_factors_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'two_factors_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('varchar', { length: 16 })
  method!: TwoFactorMethod;

  @Column('text', { nullable: true })
  secret!: string | null;

  @Column('text', { name: 'pending_secret', nullable: true })
  pendingSecret!: string | null;

  @Column({ type: 'timestamptz', name: 'pending_at', precision: 3, nullable: true })
  pendingAt!: Date | null;

  @Column('varchar', { name: 'phone_number', length: 16, nullable: true })
  phoneNumber!: string | null;

  @Column('boolean', { default: false })
  enabled!: boolean;

  @Column('boolean', { default: false })
  verified!: boolean;

  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt!: Date | null;

  @Column('integer', { name: 'last_used_step', nullable: true })
  lastUsedStep!: number | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
