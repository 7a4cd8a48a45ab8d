import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { IsIn, IsRFC3339, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { IfGiven } from '../../../shared/http/if-given.decorator.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { AuditSeverity } from '../../../shared/events/audit-entry.js';
import { ListingQuery } from '../../../shared/listing/listing-query.js';
import type { AuditLogFilter } from '../record/audit-log.js';

const ID = '01890a5d-ac96-774b-bcce-b302099a8057';
const SEVERITIES = ['info', 'warning', 'critical'] as const;

/** What every list of records can be filtered by. */
export class AuditQuery extends ListingQuery {
  @ApiPropertyOptional({ format: 'uuid', example: ID, description: 'What this account did.' })
  @IfGiven()
  @IsUUID()
  actor_id?: string;

  @ApiPropertyOptional({ maxLength: 64, example: ID, description: 'What was done to this.' })
  @IfGiven()
  @IsString()
  @Length(1, 64)
  @Matches(/^[\x21-\x7e]*$/)
  target_id?: string;

  @ApiPropertyOptional({ maxLength: 64, example: 'auth.login.failed' })
  @IfGiven()
  @IsString()
  @MaxLength(64)
  @Matches(/^[a-z0-9_.]+$/)
  action?: string;

  @ApiPropertyOptional({ enum: SEVERITIES, example: 'warning' })
  @IfGiven()
  @IsIn(SEVERITIES)
  severity?: AuditSeverity;

  @ApiPropertyOptional({ format: 'date-time', description: 'This moment and later.' })
  @IfGiven()
  @IsRFC3339()
  from?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'Before this moment.' })
  @IfGiven()
  @IsRFC3339()
  to?: string;
}

/** The whole log's. */
export class AdminAuditQuery extends AuditQuery {
  @ApiPropertyOptional({ format: 'uuid', example: ID, description: 'What happened in this organization.' })
  @IfGiven()
  @IsUUID()
  organization_id?: string;
}

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

const PAGING = [
  'limit',
  'offset',
  'sort_field',
  'sort_dir',
  'cursor',
] as const satisfies (keyof ListingQuery)[];

/** An export has no pages. */
export class AuditExportQuery extends OmitType(AuditQuery, PAGING) {
  @ApiProperty({ enum: EXPORT_FORMATS, example: 'ndjson' })
  @IsIn(EXPORT_FORMATS)
  format!: ExportFormat;
}

export class AdminAuditExportQuery extends AuditExportQuery {
  @ApiPropertyOptional({ format: 'uuid', example: ID, description: 'What happened in this organization.' })
  @IfGiven()
  @IsUUID()
  organization_id?: string;
}

/** @throws core.validation_failed for a moment that the calendar does not have */
export function filterOf(query: Partial<AdminAuditExportQuery>): AuditLogFilter {
  return {
    actorId: query.actor_id?.toLowerCase(),
    targetId: query.target_id,
    action: query.action,
    severity: query.severity,
    organizationId: query.organization_id?.toLowerCase(),
    from: momentOf('from', query.from),
    to: momentOf('to', query.to),
  };
}

function momentOf(field: string, text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const moment = new Date(text);
  if (!Number.isNaN(moment.getTime())) return moment;
  throw new AuthError(GeneralErrors.validation_failed, {
    fields: [{ field, code: 'is_rfc3339', message: `${field} must be a moment that exists` }],
  });
}
