import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { AuditCheckpointRecord } from './audit-checkpoint.js';

@Entity({ schema: 'castellan', name: 'audit_checkpoints' })
@Index('audit_checkpoints_sequence', ['realmId', 'retention', 'sequence'], { unique: true })
@Index('audit_checkpoints_kept', ['retention', 'lastAt'], { where: 'dropped_at IS NULL' })
@Check('audit_checkpoints_count_check', 'count > 0 AND sequence > 0')
@Check('audit_checkpoints_digests_check', '(digests IS NULL) = (dropped_at IS NOT NULL)')
export class AuthAuditCheckpoint implements AuditCheckpointRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_checkpoints_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 32 })
  retention!: string;

  @Column('integer')
  sequence!: number;

  @Column('integer')
  count!: number;

  @Column('uuid', { name: 'first_id' })
  firstId!: string;

  @Column('uuid', { name: 'last_id' })
  lastId!: string;

  @Column({ type: 'timestamptz', name: 'last_at', precision: 3 })
  lastAt!: Date;

  @Column('text', { nullable: true })
  digests!: string | null;

  @Column('varchar', { length: 64 })
  root!: string;

  @Column('varchar', { name: 'previous_hash', length: 64, nullable: true })
  previousHash!: string | null;

  @Column('varchar', { length: 64 })
  hash!: string;

  @Column('varchar', { length: 128 })
  mac!: string;

  @Column({ type: 'timestamptz', name: 'sealed_at', precision: 3 })
  sealedAt!: Date;

  @Column({ type: 'timestamptz', name: 'dropped_at', precision: 3, nullable: true })
  droppedAt!: Date | null;
}
