import { Injectable } from '@nestjs/common';
import type { AuditEntry } from '../../../shared/events/audit-entry.js';
import { MAX_USER_AGENT_LENGTH } from '../../../shared/http/client-info.js';
import { UuidV7Generator } from '../../../shared/ids/id-generator.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedAuditOptions } from '../audit.options.js';
import type { AuditLogRecord } from './audit-log.js';
import { commitTo } from './personal-commitment.js';

/** Makes records of entries. */
@Injectable()
export class AuditRecords {
  /** Of its own: whatever a host's generator makes, these ids are in the order of time. */
  private readonly ids: UuidV7Generator;

  constructor(
    clock: Clock,
    private readonly options: ResolvedAuditOptions,
  ) {
    this.ids = new UuidV7Generator(clock);
  }

  of(entry: AuditEntry): AuditLogRecord {
    const id = this.ids.next();
    const { client } = entry;
    const personal = {
      ipAddress: client.ipAddress,
      userAgent: client.userAgent?.slice(0, MAX_USER_AGENT_LENGTH) ?? null,
    };
    return {
      id,
      realmId: DEFAULT_REALM_ID,
      action: entry.action,
      actorId: entry.actorId,
      actorType: entry.actorType,
      impersonatorId: client.actor?.impersonatorId ?? null,
      targetId: entry.targetId ?? null,
      targetType: entry.targetType ?? null,
      organizationId: entry.organizationId ?? null,
      severity: entry.severity ?? 'info',
      details: entry.details,
      metadata: storable(entry.metadata ?? {}),
      ...personal,
      requestId: client.requestId,
      retention: this.options.rules.classOf(entry.action),
      batchId: null,
      ...commitTo(personal),
      createdAt: timeOf(id),
    };
  }
}

/** The first 48 bits of a UUID of version 7. */
function timeOf(id: string): Date {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16));
}

/** As it comes back from a column of type jsonb, which takes neither NUL nor halves of characters. */
function storable(metadata: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return JSON.parse(
    JSON.stringify(metadata, (_key, value: unknown) =>
      typeof value === 'string' ? value.replace(/[\0\p{Surrogate}]/gu, '\uFFFD') : value,
    ),
  ) as Record<string, unknown>;
}
