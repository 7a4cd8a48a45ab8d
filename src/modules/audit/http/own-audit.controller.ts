import { Get, Header, type StreamableFile } from '@nestjs/common';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import { AuthController, Authenticated, CurrentUser, type Principal, QueryInput } from '../../core/index.js';
import { exported } from '../export/audit-export.js';
import { AuditLog } from '../record/audit-log.service.js';
import { AuditExport, AuditList } from './audit-documents.js';
import { AuditExportQuery, AuditQuery, filterOf } from './audit-query.dto.js';
import { AuditRecordResponse } from './audit-record.dto.js';

/** What users did, and what was done to them. */
@AuthController('me/audit', 'Audit')
@Authenticated()
export class OwnAuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @AuditList('audit_listOwnRecords', 'Read what one did, and what was done to one')
  async list(
    @QueryInput() query: AuditQuery,
    @CurrentUser() { userId }: Principal,
  ): Promise<Page<AuditRecordResponse>> {
    return mapPage(await this.log.listOwn(userId, filterOf(query), query), AuditRecordResponse.from);
  }

  @Get('export')
  @Header('Cache-Control', 'no-store')
  @AuditExport('audit_exportOwnRecords', 'Export what one did, and what was done to one')
  export(
    @QueryInput() query: AuditExportQuery,
    @CurrentUser() { userId }: Principal,
  ): Promise<StreamableFile> {
    return exported(this.log.walkOwn(userId, filterOf(query)), query.format, 'my-audit');
  }
}
