import { applyDecorators } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiPage } from '../../../shared/listing/api-page.js';
import { RateLimit } from '../../core/index.js';
import { AuditRecordResponse } from './audit-record.dto.js';

const LISTING = 'The latest first. Sortable by `created_at`, `action`, `severity` and `actor_id`.';

/** A route that lists records. */
export function AuditList(operationId: string, summary: string): MethodDecorator {
  return applyDecorators(
    ApiOperation({ operationId, summary, description: LISTING }),
    ApiPage(AuditRecordResponse),
  );
}

/** A route that exports them. */
export function AuditExport(operationId: string, summary: string): MethodDecorator {
  const text = { schema: { type: 'string' } };
  return applyDecorators(
    RateLimit({ name: 'audit_export', limit: 10, windowMs: 60_000, by: 'address' }),
    ApiOperation({
      operationId,
      summary,
      description:
        'All that the filters let through, the latest first, as a download: CSV (RFC 4180, with a line of names; what a spreadsheet would take for a formula stands behind an apostrophe) or a JSON object a line.',
    }),
    ApiOkResponse({
      description: 'The records.',
      content: { 'text/csv': text, 'application/x-ndjson': text },
    }),
  );
}
