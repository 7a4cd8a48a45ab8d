import type { ClientInfo } from '../http/client-info.js';

/** `user`: somebody on their own behalf; `admin`: an administrator of the system; `system`: a job or the command line; `anonymous`: nobody known. */
export type AuditActorType = 'user' | 'admin' | 'system' | 'anonymous';

/** `critical` is for what an operator should be told of at once. */
export type AuditSeverity = 'info' | 'warning' | 'critical';

/** How an event is recorded. The audit module adds id, time and the client; it knows no event by name. */
export interface AuditEntry {
  /** Dot notation, most general word first: `auth.login`, `admin.user.delete`. */
  readonly action: string;
  /** The user who acted; null where there was none. */
  readonly actorId: string | null;
  readonly actorType: AuditActorType;
  /** What it was done to. */
  readonly targetId?: string | null;
  /** `user`, `organization`, `session`, `invitation` … */
  readonly targetType?: string;
  readonly organizationId?: string | null;
  /** Default: `info`. */
  readonly severity?: AuditSeverity;
  /** One sentence for a reader. */
  readonly details: string;
  /** Facts without secrets and without personal data beyond ids. */
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly client: ClientInfo;
}
