import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';

/** Appended to by triggers on `users` and `session_families`, read by nodes that cache session checks. */
@Entity({ schema: 'castellan', name: 'account_changes' })
@Index('account_changes_transaction_id', ['transactionId'])
@Index('account_changes_recorded_at', ['recordedAt'])
export class AuthAccountChange {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'ALWAYS',
    primaryKeyConstraintName: 'account_changes_pkey',
  })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('uuid', { name: 'user_id' })
  userId!: string;

  /** `null`: the whole account. */
  @Column('uuid', { name: 'family_id', nullable: true })
  familyId!: string | null;

  /** Of the transaction that made the change: tells what a snapshot has not seen. */
  @Column('bigint', { name: 'transaction_id' })
  transactionId!: string;

  @Column({ type: 'timestamptz', name: 'recorded_at', precision: 3, default: () => 'clock_timestamp()' })
  recordedAt!: Date;
}
