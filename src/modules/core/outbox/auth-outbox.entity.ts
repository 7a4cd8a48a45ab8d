import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { OutboxRecord } from './outbox.js';

@Entity({ schema: 'castellan', name: 'outbox' })
@Index('outbox_due', ['availableAt', 'id'], { where: 'done_at IS NULL AND failed_at IS NULL' })
@Index('outbox_done', ['doneAt'], { where: 'done_at IS NOT NULL' })
export class AuthOutbox implements OutboxRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'outbox_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column('varchar', { length: 64 })
  topic!: string;

  @Column('text')
  payload!: string;

  @Column('integer', { default: 0 })
  attempts!: number;

  @Column({ type: 'timestamptz', name: 'available_at', precision: 3 })
  availableAt!: Date;

  @Column({ type: 'timestamptz', name: 'claimed_until', precision: 3, nullable: true })
  claimedUntil!: Date | null;

  @Column({ type: 'timestamptz', name: 'done_at', precision: 3, nullable: true })
  doneAt!: Date | null;

  @Column({ type: 'timestamptz', name: 'failed_at', precision: 3, nullable: true })
  failedAt!: Date | null;

  @Column('varchar', { name: 'last_error', length: 500, nullable: true })
  lastError!: string | null;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
