import { ApiProperty } from '@nestjs/swagger';
import type { AuditActorType, AuditSeverity } from '../../../shared/events/audit-entry.js';
import type { AuditLogRecord } from '../record/audit-log.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const ACTORS = ['user', 'admin', 'system', 'anonymous'] as const;

export class AuditRecordResponse {
  @ApiProperty({ format: 'uuid', example: ID })
  id!: string;

  @ApiProperty({ example: 'auth.login' })
  action!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: ID,
    description: 'The account that acted.',
  })
  actor_id!: string | null;

  @ApiProperty({ enum: ACTORS, example: 'user' })
  actor_type!: AuditActorType;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    example: null,
    description: 'The administrator who acted as that account.',
  })
  impersonator_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: ID })
  target_id!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'user' })
  target_type!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, example: null })
  organization_id!: string | null;

  @ApiProperty({ enum: ['info', 'warning', 'critical'], example: 'info' })
  severity!: AuditSeverity;

  @ApiProperty({ example: 'The user signed in.' })
  details!: string;

  @ApiProperty({ type: Object, additionalProperties: true, example: { methods: ['pwd'] } })
  metadata!: Readonly<Record<string, unknown>>;

  @ApiProperty({
    type: String,
    nullable: true,
    example: '203.0.113.9',
    description: 'null where it is not known, was erased, or is somebody else’s.',
  })
  ip_address!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'Mozilla/5.0', description: 'As `ip_address`.' })
  user_agent!: string | null;

  @ApiProperty({ format: 'uuid', example: ID })
  request_id!: string;

  @ApiProperty({ type: String, format: 'date-time', example: '2026-01-01T00:00:00.000Z' })
  created_at!: string;

  static from(this: void, record: AuditLogRecord): AuditRecordResponse {
    return {
      id: record.id,
      action: record.action,
      actor_id: record.actorId,
      actor_type: record.actorType,
      impersonator_id: record.impersonatorId,
      target_id: record.targetId,
      target_type: record.targetType,
      organization_id: record.organizationId,
      severity: record.severity,
      details: record.details,
      metadata: record.metadata,
      ip_address: record.ipAddress,
      user_agent: record.userAgent,
      request_id: record.requestId,
      created_at: record.createdAt.toISOString(),
    };
  }
}
