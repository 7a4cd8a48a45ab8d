import { Injectable } from '@nestjs/common';
import { ContributesUserData, UserDataContributor, type UserRecord } from '../../core/index.js';
import { AuditRecordResponse } from '../http/audit-record.dto.js';
import { AuditLog } from './audit-log.service.js';

/** What the log has of a user, as users see it themselves: other people's addresses are not theirs. */
@ContributesUserData({ order: 90 })
@Injectable()
export class AuditData extends UserDataContributor {
  readonly section = 'audit_records';

  constructor(private readonly log: AuditLog) {
    super();
  }

  override async *collect({ id }: UserRecord): AsyncIterable<object> {
    for await (const records of this.log.walkOwn(id, {})) yield* records.map(AuditRecordResponse.from);
  }
}
