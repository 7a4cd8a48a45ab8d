import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { AuditRecordResponse } from '../http/audit-record.dto.js';
import { AuditLog } from './audit-log.service.js';

/** What the user did, and what was done to them, as they would read it themselves. */
@ContributesUserData({ order: 200 })
@Injectable()
export class AuditData extends UserDataContributor {
  override readonly section = 'audit_records';

  constructor(private readonly log: AuditLog) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncGenerator<object> {
    for await (const records of this.log.walkOwn(id, {})) yield* records.map(AuditRecordResponse.from);
  }
}
