import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { AuthUser } from '../../core/index.js';
import type { TrustedDeviceRecord } from './trusted-device.js';

@Entity({ schema: 'castellan', name: 'trusted_devices' })
@Index('trusted_devices_token', ['realmId', 'userId', 'token'], { unique: true })
@Index('trusted_devices_user', ['userId', 'createdAt', 'id'])
@Index('trusted_devices_expires_at', ['expiresAt'])
export class AuthTrustedDevice implements TrustedDeviceRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'trusted_devices_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @ForeignKey(() => AuthUser, { name: 'trusted_devices_user_id_fkey', onDelete: 'CASCADE' })
  @Column('uuid', { name: 'user_id' })
  userId!: string;

  @Column('varchar', { length: 64 })
  token!: string;

  @Column('varchar', { length: 100, nullable: true })
  name!: string | null;

  @Column('varchar', { name: 'user_agent', length: 512, nullable: true })
  userAgent!: string | null;

  @Column('varchar', { name: 'ip_address', length: 45, nullable: true })
  ipAddress!: string | null;

  @Column({ type: 'timestamptz', name: 'last_used_at', precision: 3 })
  lastUsedAt!: Date;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
