import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { ImportCheckpoint } from './import-checkpoint.repository.js';

@Entity({ schema: 'castellan', name: 'user_imports' })
export class AuthUserImport implements ImportCheckpoint {
  @PrimaryColumn('uuid', {
    name: 'realm_id',
    default: DEFAULT_REALM_ID,
    primaryKeyConstraintName: 'user_imports_pkey',
  })
  realmId!: string;

  @PrimaryColumn('varchar', { length: 200, primaryKeyConstraintName: 'user_imports_pkey' })
  name!: string;

  @Column('integer')
  line!: number;

  @Column('integer')
  created!: number;

  @Column('integer')
  skipped!: number;

  @Column('integer')
  failed!: number;

  @Column({ type: 'timestamptz', name: 'started_at', precision: 3 })
  startedAt!: Date;

  @Column({ type: 'timestamptz', name: 'advanced_at', precision: 3 })
  advancedAt!: Date;
}
