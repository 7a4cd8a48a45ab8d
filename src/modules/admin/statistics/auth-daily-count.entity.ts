import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { DailyMetric } from './daily-count.repository.js';

@Entity({ schema: 'castellan', name: 'daily_counts' })
export class AuthDailyCount {
  @PrimaryColumn('uuid', {
    name: 'realm_id',
    default: DEFAULT_REALM_ID,
    primaryKeyConstraintName: 'daily_counts_pkey',
  })
  realmId!: string;

  @PrimaryColumn('date', { primaryKeyConstraintName: 'daily_counts_pkey' })
  day!: string;

  @PrimaryColumn('varchar', { length: 32, primaryKeyConstraintName: 'daily_counts_pkey' })
  metric!: DailyMetric;

  @Column('bigint')
  count!: string;
}
