import { Get, Header, Param, type StreamableFile, type Type } from '@nestjs/common';
import { ApiParam } from '@nestjs/swagger';
import { mapPage, type Page } from '../../../shared/listing/page.js';
import { AuthController, Authenticated, QueryInput } from '../../core/index.js';
import { exported } from '../export/audit-export.js';
import { AuditLog } from '../record/audit-log.service.js';
import { AuditExport, AuditList } from './audit-documents.js';
import { AuditExportQuery, AuditQuery, filterOf } from './audit-query.dto.js';
import { AuditRecordResponse } from './audit-record.dto.js';

const ORGANIZATION = { name: 'organization_id', format: 'uuid' } as const;

/**
 * What happened in one organization. Who may read it, the module does not know: `access` guards the routes, and has to refuse who may not. The
 * organization is the parameter `organization_id` of the path, and the filter holds whatever the query says.
 */
export function organizationAuditController(access: ClassDecorator): Type {
  @AuthController('organizations/:organization_id/audit', 'Audit')
  @Authenticated()
  class OrganizationAuditController {
    constructor(readonly log: AuditLog) {}

    @Get()
    @ApiParam(ORGANIZATION)
    @AuditList('audit_listOrganizationRecords', 'Read what happened in the organization')
    async list(
      @Param('organization_id') organizationId: string,
      @QueryInput() query: AuditQuery,
    ): Promise<Page<AuditRecordResponse>> {
      const filter = { ...filterOf(query), organizationId: organizationId.toLowerCase() };
      return mapPage(await this.log.list(filter, query), AuditRecordResponse.from);
    }

    @Get('export')
    @Header('Cache-Control', 'no-store')
    @ApiParam(ORGANIZATION)
    @AuditExport('audit_exportOrganizationRecords', 'Export what happened in the organization')
    export(
      @Param('organization_id') organizationId: string,
      @QueryInput() query: AuditExportQuery,
    ): Promise<StreamableFile> {
      const filter = { ...filterOf(query), organizationId: organizationId.toLowerCase() };
      return exported(this.log.walk(filter), query.format, 'organization-audit');
    }
  }
  // Last, so that its guards run after those that find the principal.
  access(OrganizationAuditController);
  return OrganizationAuditController;
}
