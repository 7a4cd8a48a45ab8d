import { Injectable } from '@nestjs/common';
import type { ListingOpts } from '../../../shared/listing/listing.js';
import { mapPage, type Page, toPage } from '../../../shared/listing/page.js';
import type { AuditLogFilter, AuditLogRecord } from './audit-log.js';
import { AUDIT_LISTING, auditKeyOf, AuditLogRepository } from './audit-log.repository.js';

/** Records of one read, while walking. */
const WALK = 500;

/** Reading the log, for whoever has the right to; it asks for none. */
@Injectable()
export class AuditLog {
  constructor(private readonly log: AuditLogRepository) {}

  async list(filter: AuditLogFilter, options: ListingOpts): Promise<Page<AuditLogRecord>> {
    const listing = AUDIT_LISTING.normalize(options);
    const { rows, total } = await this.log.list(listing, filter);
    return toPage(listing, rows, total, auditKeyOf);
  }

  /** What the user did, and what was done to the user: of what others did, without their addresses and devices. */
  async listOwn(userId: string, filter: AuditLogFilter, options: ListingOpts): Promise<Page<AuditLogRecord>> {
    return mapPage(await this.list({ ...filter, concerning: userId }, options), (record) =>
      asSeenBy(userId, record),
    );
  }

  /** All of them, the latest first, some at a time: as many in memory as one read gives, whatever is written meanwhile. */
  async *walk(filter: AuditLogFilter): AsyncGenerator<AuditLogRecord[], void, undefined> {
    let before: string | null = null;
    for (;;) {
      const records: AuditLogRecord[] = await this.log.walk(filter, before, WALK);
      if (records.length > 0) yield records;
      const last = records.at(-1);
      if (!last || records.length < WALK) return;
      before = last.id;
    }
  }

  async *walkOwn(userId: string, filter: AuditLogFilter): AsyncGenerator<AuditLogRecord[], void, undefined> {
    for await (const records of this.walk({ ...filter, concerning: userId }))
      yield records.map((record) => asSeenBy(userId, record));
  }
}

/** Where nobody known acted, the address is what warns the user; where an administrator did, it is the administrator's. */
function asSeenBy(userId: string, record: AuditLogRecord): AuditLogRecord {
  const own = record.actorId === null || (record.actorId === userId && record.impersonatorId === null);
  return own ? record : { ...record, ipAddress: null, userAgent: null };
}
