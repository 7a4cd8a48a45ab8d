import { AuditSink, type SunkAuditRecord } from '../../../src/index.js';

export interface ClickHouseOptions {
  /** The server's HTTP interface, `https://clickhouse.internal:8443` say. */
  readonly url: string;
  /** @default 'audit_logs' */
  readonly table?: string;
  readonly username?: string;
  readonly password?: string;
  /** Of one request. @default 5 s */
  readonly timeoutMs?: number;
  /** Attempts in all, with a pause that doubles. @default 3 */
  readonly attempts?: number;
}

/**
 * Records in ClickHouse, over its HTTP interface: one `INSERT … FORMAT JSONEachRow` a batch. A batch that is repeated after a lost answer is inserted once:
 * its token names it (`insert_deduplication_token`). The table is in `schema.sql`.
 */
export class ClickHouseAuditSink extends AuditSink {
  constructor(private readonly options: ClickHouseOptions) {
    super();
    if (!/^[A-Za-z_]\w*(\.[A-Za-z_]\w*)?$/.test(this.table)) throw new RangeError('table must be a name.');
  }

  override async write(records: readonly SunkAuditRecord[]): Promise<void> {
    const [first] = records;
    if (!first) return;
    const url = new URL(this.options.url);
    url.searchParams.set('query', `INSERT INTO ${this.table} FORMAT JSONEachRow`);
    url.searchParams.set('date_time_input_format', 'best_effort');
    url.searchParams.set('insert_deduplication_token', `${first.id}:${records.length}`);
    await this.insist(url, records.map((record) => `${JSON.stringify(rowOf(record))}\n`).join(''));
  }

  private async insist(url: URL, body: string): Promise<void> {
    const attempts = this.options.attempts ?? 3;
    for (let attempt = 1; ; attempt += 1) {
      const refusal = await this.post(url, body);
      if (refusal === null) return;
      if (attempt >= attempts || !refusal.mayPass) throw refusal.reason;
      await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
    }
  }

  private async post(url: URL, body: string): Promise<{ reason: Error; mayPass: boolean } | null> {
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(this.options.timeoutMs ?? 5_000),
        headers: {
          'content-type': 'application/x-ndjson',
          ...(this.options.username !== undefined && { 'x-clickhouse-user': this.options.username }),
          ...(this.options.password !== undefined && { 'x-clickhouse-key': this.options.password }),
        },
        body,
      });
      await response.body?.cancel();
      if (response.ok) return null;
      return {
        reason: new Error(`ClickHouse answered ${response.status}.`),
        mayPass: response.status >= 500,
      };
    } catch (error) {
      return { reason: error instanceof Error ? error : new Error(String(error)), mayPass: true };
    }
  }

  private get table(): string {
    return this.options.table ?? 'audit_logs';
  }
}

/** A column has no nested values: metadata is text, which `JSONExtract…` reads. */
function rowOf(record: SunkAuditRecord): Record<string, unknown> {
  return {
    id: record.id,
    created_at: record.createdAt.toISOString(),
    action: record.action,
    severity: record.severity,
    actor_id: record.actorId,
    actor_type: record.actorType,
    impersonator_id: record.impersonatorId,
    target_id: record.targetId,
    target_type: record.targetType,
    organization_id: record.organizationId,
    details: record.details,
    metadata: JSON.stringify(record.metadata),
    ip_address: record.ipAddress,
    user_agent: record.userAgent,
    request_id: record.requestId,
  };
}
