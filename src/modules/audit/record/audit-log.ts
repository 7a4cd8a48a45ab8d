import type { AuditActorType, AuditSeverity } from '../../../shared/events/audit-entry.js';

/**
 * One line of the log. Nothing changes it; what identifies a person in it (`ipAddress`, `userAgent`, and the salt of their commitment) can be erased.
 * `id` is a UUID of version 7 whose time is `createdAt`, so that the order of ids is the order of time.
 */
export interface AuditLogRecord {
  readonly id: string;
  readonly realmId: string;
  /** Dot notation: `auth.login`. */
  readonly action: string;
  /** The account that acted; `null`: the system, or somebody unknown. */
  readonly actorId: string | null;
  readonly actorType: AuditActorType;
  /** The administrator who acted as `actorId`. */
  readonly impersonatorId: string | null;
  readonly targetId: string | null;
  readonly targetType: string | null;
  readonly organizationId: string | null;
  readonly severity: AuditSeverity;
  readonly details: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  /** The class that decides how long it is kept. */
  readonly retention: string;
  /** The batch that it was sealed in; `null`: not yet. */
  readonly batchId: string | null;
  /** 16 random bytes, base64url; `null` once the personal fields are erased. */
  readonly personalSalt: string | null;
  /** SHA-256 over the salt and the personal fields, base64url: what the seal covers in their place. */
  readonly personalCommitment: string;
  readonly createdAt: Date;
}

/** Which records; all conditions count. */
export interface AuditLogFilter {
  readonly actorId?: string;
  readonly targetId?: string;
  readonly action?: string;
  readonly severity?: AuditSeverity;
  readonly organizationId?: string;
  /** What the account did, and what was done to it. */
  readonly concerning?: string;
  /** This moment and later. */
  readonly from?: Date;
  /** Before this moment. */
  readonly to?: Date;
}
