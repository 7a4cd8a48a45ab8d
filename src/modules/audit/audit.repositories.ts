import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AuditLogRepository } from './record/audit-log.repository.js';
import { AuthAuditLog } from './record/auth-audit-log.entity.js';
import { InMemoryAuditLogRepository } from './record/in-memory-audit-log.repository.js';
import { TypeOrmAuditLogRepository } from './record/typeorm-audit-log.repository.js';
import { AuditCheckpointRepository } from './seal/audit-checkpoint.repository.js';
import { AuthAuditCheckpoint } from './seal/auth-audit-checkpoint.entity.js';
import { InMemoryAuditCheckpointRepository } from './seal/in-memory-audit-checkpoint.repository.js';
import { TypeOrmAuditCheckpointRepository } from './seal/typeorm-audit-checkpoint.repository.js';

/** The module's tables. */
export const AUDIT_ENTITIES = [AuthAuditLog, AuthAuditCheckpoint];

/** The module's ports and what ships for each. */
export const AUDIT_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: AuditLogRepository, typeorm: TypeOrmAuditLogRepository, memory: InMemoryAuditLogRepository },
  {
    port: AuditCheckpointRepository,
    typeorm: TypeOrmAuditCheckpointRepository,
    memory: InMemoryAuditCheckpointRepository,
  },
];
