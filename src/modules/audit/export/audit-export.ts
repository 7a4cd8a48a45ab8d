import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { AuditRecordResponse } from '../http/audit-record.dto.js';
import type { ExportFormat } from '../http/audit-query.dto.js';
import type { AuditLogRecord } from '../record/audit-log.js';
import { csvLine } from './csv.js';

type Records = AsyncGenerator<AuditLogRecord[], void, undefined>;

interface Format {
  readonly type: string;
  readonly head: string;
  readonly line: (record: AuditRecordResponse) => string;
}

const COLUMNS = [
  ...['created_at', 'id', 'action', 'severity', 'actor_id', 'actor_type', 'impersonator_id', 'target_id'],
  ...['target_type', 'organization_id', 'details', 'ip_address', 'user_agent', 'request_id', 'metadata'],
] as const satisfies readonly (keyof AuditRecordResponse)[];

export const EXPORT_TYPES: Readonly<Record<ExportFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  ndjson: 'application/x-ndjson',
};

const FORMATS: Readonly<Record<ExportFormat, Format>> = {
  csv: {
    type: EXPORT_TYPES.csv,
    head: csvLine(COLUMNS),
    line: (record) =>
      csvLine(
        COLUMNS.map((column) => {
          const value = record[column];
          return typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
        }),
      ),
  },
  ndjson: { type: EXPORT_TYPES.ndjson, head: '', line: (record) => `${JSON.stringify(record)}\n` },
};

/**
 * A download that reads on as fast as the client takes it, and no faster. The first read is done before the answer begins, so that what fails there is
 * an error like any other; what fails later breaks the connection off, which no client takes for the end.
 */
export async function exported(
  records: Records,
  format: ExportFormat,
  name: string,
): Promise<StreamableFile> {
  const { type } = FORMATS[format];
  const first = await records.next();
  const text = textOf(first, records, FORMATS[format]);
  return new StreamableFile(Readable.from(text, { objectMode: false }), {
    type,
    disposition: `attachment; filename="${name}.${format}"`,
  });
}

async function* textOf(
  first: IteratorResult<AuditLogRecord[], void>,
  rest: Records,
  { head, line }: Format,
): AsyncGenerator<string, void, undefined> {
  const linesOf = (records: readonly AuditLogRecord[]): string =>
    records.map((record) => line(AuditRecordResponse.from(record))).join('');
  if (head !== '') yield head;
  if (first.done) return;
  yield linesOf(first.value);
  for await (const records of rest) yield linesOf(records);
}
