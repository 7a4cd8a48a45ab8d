import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';

@Entity({ schema: 'castellan', name: 'attempt_budgets' })
@Index('attempt_budgets_window', ['windowEndsAt'])
export class AuthAttemptBudget {
  @PrimaryColumn('uuid', {
    name: 'realm_id',
    default: DEFAULT_REALM_ID,
    primaryKeyConstraintName: 'attempt_budgets_pkey',
  })
  realmId!: string;

  @PrimaryColumn('varchar', { length: 64, primaryKeyConstraintName: 'attempt_budgets_pkey' })
  purpose!: string;

  @PrimaryColumn('varchar', { length: 320, primaryKeyConstraintName: 'attempt_budgets_pkey' })
  subject!: string;

  @Column('integer')
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'window_ends_at', precision: 3 })
  windowEndsAt!: Date;
}
