export { AuditErrors } from './audit.errors.js';
export { audit, AuditModule, type AuditModuleStructure } from './audit.module.js';
export type { AuditOptions } from './audit.options.js';
export { AUDIT_ENTITIES, AUDIT_REPOSITORIES } from './audit.repositories.js';
export type { AuditLogFilter, AuditLogRecord } from './record/audit-log.js';
export { AuditLogRepository, type AuditLogSortField } from './record/audit-log.repository.js';
export { AuditLog } from './record/audit-log.service.js';
export {
  type SessionEvent,
  SessionEventReader,
  type SessionEventType,
} from './record/session-event-reader.js';
export type { AuditCheckpointRecord } from './seal/audit-checkpoint.js';
export { AuditCheckpointRepository } from './seal/audit-checkpoint.repository.js';
export { AuditRetention } from './seal/audit-retention.js';
export { AuditSealer } from './seal/audit-sealer.js';
export {
  type AuditChainReport,
  type AuditFinding,
  type AuditFlaw,
  type AuditVerification,
  AuditVerifier,
} from './seal/audit-verifier.js';
export { AuditSink, type SunkAuditRecord } from './sink/audit-sink.js';
export { AuditSinks } from './sink/audit-sinks.js';
export { NdjsonAuditSink } from './sink/ndjson-audit-sink.js';
