import { Injectable } from '@nestjs/common';
import { AuthEvent } from '../../../shared/events/auth-event.js';
import { OnAuthEvent } from '../../../shared/events/on-auth-event.js';
import { AuditSinks } from '../sink/audit-sinks.js';
import { AuditLogRepository } from './audit-log.repository.js';
import { AuditRecords } from './audit-records.js';

/**
 * Writes the record of every event that has one: in the transaction of what happened, or by itself where none is open, and before the request is answered
 * either way. Where it cannot be written, what happened did not happen.
 */
@Injectable()
export class AuditRecorder {
  constructor(
    private readonly records: AuditRecords,
    private readonly log: AuditLogRepository,
    private readonly sinks: AuditSinks,
  ) {}

  @OnAuthEvent(AuthEvent, { phase: 'transaction', when: (event) => event.audit() !== null })
  async record(event: AuthEvent): Promise<void> {
    const entry = event.audit();
    if (!entry) return;
    const record = this.records.of(entry);
    await this.log.create(record);
    this.sinks.afterCommit(record);
  }
}
