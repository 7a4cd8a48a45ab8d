import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { AuditActorType, AuditSeverity } from '../../../shared/events/audit-entry.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import type { AuditLogRecord } from './audit-log.js';

/** Ids are in the order of time, so each index serves its filter, sorted by time. */
@Entity({ schema: 'castellan', name: 'audit_logs' })
@Index('audit_logs_actor', ['actorId', 'id'])
@Index('audit_logs_target', ['targetId', 'id'])
@Index('audit_logs_organization', ['organizationId', 'id'])
@Index('audit_logs_action', ['action', 'id'])
@Index('audit_logs_severity', ['severity', 'id'])
@Index('audit_logs_batch', ['batchId'])
@Index('audit_logs_unsealed', ['retention', 'id'], { where: 'batch_id IS NULL' })
@Check('audit_logs_actor_type_check', `actor_type IN ('user', 'admin', 'system', 'anonymous')`)
@Check('audit_logs_severity_check', `severity IN ('info', 'warning', 'critical')`)
export class AuthAuditLog implements AuditLogRecord {
  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'audit_logs_pkey' })
  id!: string;

  @Column('uuid', { name: 'realm_id', default: DEFAULT_REALM_ID })
  realmId!: string;

  @Column({ type: 'varchar', length: 64, collation: 'C' })
  action!: string;

  @Column('uuid', { name: 'actor_id', nullable: true })
  actorId!: string | null;

  @Column('varchar', { name: 'actor_type', length: 16 })
  actorType!: AuditActorType;

  @Column('uuid', { name: 'impersonator_id', nullable: true })
  impersonatorId!: string | null;

  @Column({ type: 'varchar', name: 'target_id', length: 64, collation: 'C', nullable: true })
  targetId!: string | null;

  @Column('varchar', { name: 'target_type', length: 32, nullable: true })
  targetType!: string | null;

  @Column('uuid', { name: 'organization_id', nullable: true })
  organizationId!: string | null;

  @Column({ type: 'varchar', length: 16, collation: 'C', default: 'info' })
  severity!: AuditSeverity;

  @Column('text')
  details!: string;

  @Column('jsonb', { default: {} })
  metadata!: Record<string, unknown>;

  @Column('varchar', { name: 'ip_address', length: 45, nullable: true })
  ipAddress!: string | null;

  @Column('varchar', { name: 'user_agent', length: 512, nullable: true })
  userAgent!: string | null;

  @Column('uuid', { name: 'request_id' })
  requestId!: string;

  @Column('varchar', { length: 32 })
  retention!: string;

  @Column('uuid', { name: 'batch_id', nullable: true })
  batchId!: string | null;

  @Column('varchar', { name: 'personal_salt', length: 22, nullable: true })
  personalSalt!: string | null;

  @Column('varchar', { name: 'personal_commitment', length: 43 })
  personalCommitment!: string;

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt!: Date;
}
