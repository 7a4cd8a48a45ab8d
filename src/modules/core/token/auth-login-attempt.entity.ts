import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';

@Entity({ schema: 'castellan', name: 'login_attempts' })
@Index('login_attempts_updated_at', ['updatedAt'])
export class AuthLoginAttempt {
  @PrimaryColumn('uuid', {
    name: 'realm_id',
    default: DEFAULT_REALM_ID,
    primaryKeyConstraintName: 'login_attempts_pkey',
  })
  realmId!: string;

  @PrimaryColumn('varchar', { length: 128, primaryKeyConstraintName: 'login_attempts_pkey' })
  key!: string;

  @Column('integer')
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'locked_until', precision: 3, nullable: true })
  lockedUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt!: Date;
}
