import { Get, Header, type StreamableFile, UseGuards } from '@nestjs/common';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import { ApiProblems, AuthController, Authenticated, QueryInput } from '../../core/index.js';
import { AuditErrors } from '../audit.errors.js';
import { exported } from '../export/audit-export.js';
import { AuditLog } from '../record/audit-log.service.js';
import { AuditExport, AuditList } from './audit-documents.js';
import { AdminAuditExportQuery, AdminAuditQuery, filterOf } from './audit-query.dto.js';
import { AuditRecordResponse } from './audit-record.dto.js';
import { SuperAdminGuard } from './super-admin.guard.js';

/** The whole log. Above the others: guards run from the lowest decorator up. */
@UseGuards(SuperAdminGuard)
@AuthController('admin/audit', 'Audit')
@Authenticated()
@ApiProblems(AuditErrors.super_admin_required)
export class AdminAuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @AuditList('audit_listRecords', 'Read the audit log')
  async list(@QueryInput() query: AdminAuditQuery): Promise<Page<AuditRecordResponse>> {
    return mapPage(await this.log.list(filterOf(query), query), AuditRecordResponse.from);
  }

  @Get('export')
  @Header('Cache-Control', 'no-store')
  @AuditExport('audit_exportRecords', 'Export the audit log')
  export(@QueryInput() query: AdminAuditExportQuery): Promise<StreamableFile> {
    return exported(this.log.walk(filterOf(query)), query.format, 'audit');
  }
}
