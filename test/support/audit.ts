import { type Answer } from '../../src/testing/test-client.js';
import { type Account, signUpAndLogIn, type Tokens } from './accounts.js';
import type { TestApp } from './test-app.js';

/** A line of the log, as its table has it. */
export interface AuditRow {
  readonly id: string;
  readonly action: string;
  readonly actor_id: string | null;
  readonly actor_type: string;
  readonly target_id: string | null;
  readonly organization_id: string | null;
  readonly severity: string;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly ip_address: string | null;
  readonly user_agent: string | null;
  readonly request_id: string;
  readonly personal_salt: string | null;
  readonly batch_id: string | null;
}

/** What the log has of an account, the oldest first. */
export function recordsOf(app: TestApp, userId: string): Promise<AuditRow[]> {
  return app.sql<AuditRow>(
    'SELECT * FROM castellan.audit_logs WHERE actor_id = $1::uuid OR target_id = $1::text ORDER BY id',
    [userId],
  );
}

export async function actionsOf(app: TestApp, userId: string): Promise<string[]> {
  return (await recordsOf(app, userId)).map(({ action }) => action);
}

export async function superAdmin(app: TestApp): Promise<Account & Tokens> {
  const account = await signUpAndLogIn(app);
  await app.sql('UPDATE castellan.users SET is_super_admin = true WHERE id = $1', [account.id]);
  return account;
}

export function idsOf({ body }: Answer): string[] {
  return body.data.map(({ id }) => id);
}
