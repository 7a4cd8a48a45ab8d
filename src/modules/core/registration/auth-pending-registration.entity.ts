import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { PendingRegistrationRecord } from './pending-registration.js';

@Entity({ schema: 'castellan', name: 'pending_registrations' })
@Index('pending_registrations_email', ['realmId', 'emailKey', 'createdAt'])
@Index('pending_registrations_phone_number', ['realmId', 'phoneNumber', 'createdAt'])
@Index('pending_registrations_expires_at', ['expiresAt'])
export class AuthPendingRegistration implements PendingRegistrationRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pending_registrations_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 254, nullable: true })
  email!: string | null;

  @Column('varchar', { name: 'email_key', length: 254, nullable: true })
  emailKey!: string | null;

  @Column('varchar', { name: 'phone_number', length: 16, nullable: true })
  phoneNumber!: string | null;

  @Column('varchar', { length: 30, nullable: true })
  username!: string | null;

  @Column('varchar', { name: 'password', length: 512 })
  passwordHash!: string;

  @Column('varchar', { length: 200, nullable: true })
  name!: string | null;

  @Column('varchar', { name: 'first_name', length: 100, nullable: true })
  firstName!: string | null;

  @Column('varchar', { name: 'last_name', length: 100, nullable: true })
  lastName!: string | null;

  @Column('varchar', { length: 35, nullable: true })
  locale!: string | null;

  @Column({ type: 'timestamptz', name: 'expires_at', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
