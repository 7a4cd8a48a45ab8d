import type { Writable } from 'node:stream';
import { AuditSink, type SunkAuditRecord } from './audit-sink.js';

/** A line of JSON for each record: to stdout, where collectors of containers read, or to any stream. */
export class NdjsonAuditSink extends AuditSink {
  /** @param output @default process.stdout */
  constructor(private readonly output: Writable = process.stdout) {
    super();
  }

  /** Done once the stream has taken the text: a full pipe holds up the next batch. */
  override write(records: readonly SunkAuditRecord[]): Promise<void> {
    const text = records.map((record) => `${JSON.stringify({ audit: record })}\n`).join('');
    return new Promise((resolve, reject) => {
      this.output.write(text, (error) => (error ? reject(error) : resolve()));
    });
  }
}
