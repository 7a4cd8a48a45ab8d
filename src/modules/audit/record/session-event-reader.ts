import { Injectable } from '@nestjs/common';
import type { AuditLogRecord } from './audit-log.js';
import { AuditLogRepository } from './audit-log.repository.js';

/** AuditLog's view of sessions, by the names that AuthKit has for them. */
export type SessionEventType =
  'session_created' | 'session_revoked' | 'session_failed' | 'password_changed' | 'password_recovery';

export interface SessionEvent {
  readonly event: SessionEventType;
  readonly occurredAt: Date;
  /** The account; `null` for a failed sign-in of nobody known. */
  readonly userId: string | null;
  /** Of what ended several sessions, the first. */
  readonly sessionId: string | null;
  /** `amr` of the sign-in (RFC 8176), separated by spaces. */
  readonly method: string | null;
  /** Why it was revoked or refused. */
  readonly reason: string | null;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

const ACTIONS: Readonly<Record<SessionEventType, readonly string[]>> = {
  session_created: ['auth.login'],
  session_revoked: ['session.revoke', 'auth.logout', 'auth.refresh.reuse'],
  session_failed: ['auth.login.failed'],
  password_changed: ['auth.password.change', 'admin.user.password.set'],
  password_recovery: ['auth.password.reset'],
};
const TYPES = Object.keys(ACTIONS) as SessionEventType[];

/** The life of sessions out of the audit log. */
@Injectable()
export class SessionEventReader {
  constructor(private readonly log: AuditLogRepository) {}

  /**
   * The latest first.
   * @param userId `null`: of all accounts
   * @param types @default all
   * @param limit @default 100
   */
  async list(
    userId: string | null,
    types: readonly SessionEventType[] = TYPES,
    limit = 100,
  ): Promise<SessionEvent[]> {
    const found = await Promise.all(
      types.flatMap((event) =>
        ACTIONS[event].map(async (action) => {
          const filter = { action, ...(userId !== null && { targetId: userId }) };
          return (await this.log.walk(filter, null, limit)).map((record) => ({ event, record }));
        }),
      ),
    );
    return found
      .flat()
      .sort((a, b) => Number(a.record.id < b.record.id) - Number(a.record.id > b.record.id))
      .slice(0, limit)
      .map(({ event, record }) => sessionEventOf(event, record));
  }
}

function sessionEventOf(event: SessionEventType, record: AuditLogRecord): SessionEvent {
  const { session_id, session_ids, methods, reason } = record.metadata;
  return {
    event,
    occurredAt: record.createdAt,
    userId: record.targetId,
    sessionId: textOf(session_id) ?? (Array.isArray(session_ids) ? textOf(session_ids[0]) : null),
    method: Array.isArray(methods) ? methods.join(' ') : null,
    reason: textOf(reason),
    ipAddress: record.ipAddress,
    userAgent: record.userAgent,
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
