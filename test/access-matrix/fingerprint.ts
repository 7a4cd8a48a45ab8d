import type { TestApp } from '../support/test-app.js';

/** Written aside from what a request is for: that it came, and when. */
const ASIDE = ['last_used_at', 'updated_at', 'claims', 'claims_version', 'sealed_answer'];

/** That somebody was refused may be recorded; jobs, and counts of sign-ins, come when they come. */
const RECORDS = ['audit_logs', 'audit_checkpoints', 'daily_counts', 'jobs'];

/** Everything that the database holds, in one line for each table. */
export class Fingerprint {
  private constructor(
    private readonly app: TestApp,
    private readonly query: string,
  ) {}

  static async of(app: TestApp): Promise<Fingerprint> {
    const tables = await app.sql<{ name: string; columns: string }>(
      `SELECT table_name AS name, string_agg(quote_ident(column_name), ',') AS columns FROM information_schema.columns
        WHERE table_schema = 'castellan' AND NOT table_name = ANY ($1::text[]) AND NOT column_name = ANY ($2::text[])
        GROUP BY 1 ORDER BY 1`,
      [RECORDS, ASIDE],
    );
    const parts = tables.map(
      ({ name, columns }) =>
        `SELECT '${name}' AS name, coalesce(sum(hashtextextended(ROW(${columns})::text, 0)), 0)::text AS sum FROM castellan."${name}"`,
    );
    return new Fingerprint(app, parts.join(' UNION ALL '));
  }

  take(): Promise<readonly { name: string; sum: string }[]> {
    return this.app.sql(this.query);
  }
}
