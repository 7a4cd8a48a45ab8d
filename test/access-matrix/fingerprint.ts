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
    const tables = await app.sql<{ name: string }>(
      "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'castellan' AND NOT table_name = ANY ($1::text[]) ORDER BY 1",
      [RECORDS],
    );
    const parts = tables.map(
      ({ name }) =>
        `SELECT '${name}' AS name, count(*)::int AS rows, coalesce(sum(hashtextextended((to_jsonb(t) - $1::text[])::text, 0)), 0)::text AS sum FROM castellan."${name}" t`,
    );
    return new Fingerprint(app, parts.join(' UNION ALL '));
  }

  take(): Promise<readonly { name: string; rows: number; sum: string }[]> {
    return this.app.sql(this.query, [ASIDE]);
  }
}
