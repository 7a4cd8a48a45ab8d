import { type Columns, columnList } from '../../../shared/persistence/columns.js';
import type { AuditLogRecord } from './audit-log.js';

export const AUDIT_TABLE = 'castellan.audit_logs';

export const AUDIT_COLUMNS: Columns<AuditLogRecord> = {
  id: 'id',
  realmId: 'realm_id',
  action: 'action',
  actorId: 'actor_id',
  actorType: 'actor_type',
  impersonatorId: 'impersonator_id',
  targetId: 'target_id',
  targetType: 'target_type',
  organizationId: 'organization_id',
  severity: 'severity',
  details: 'details',
  metadata: 'metadata',
  ipAddress: 'ip_address',
  userAgent: 'user_agent',
  requestId: 'request_id',
  retention: 'retention',
  batchId: 'batch_id',
  personalSalt: 'personal_salt',
  personalCommitment: 'personal_commitment',
  createdAt: 'created_at',
};

export const AUDIT_RECORD = columnList(AUDIT_COLUMNS);
