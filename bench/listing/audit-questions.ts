import { AUDIT_LISTING } from '../../src/modules/audit/record/audit-log.repository.js';
import { TypeOrmAuditLogRepository } from '../../src/modules/audit/record/typeorm-audit-log.repository.js';
import { encodeCursor } from '../../src/shared/listing/cursor.js';
import type { ListingOpts } from '../../src/shared/listing/listing.js';
import type { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import type { Question } from './question.js';

interface Key {
  readonly id: string;
  readonly created_at: Date;
}

/** First pages, pages from the middle, and searches. */
export async function auditQuestions(context: TypeOrmContext): Promise<Question[]> {
  const log = new TypeOrmAuditLogRepository(context);
  const [middle] = await context.query<Key & { actor_id: string; target_id: string }>(
    `SELECT * FROM castellan.audit_logs WHERE actor_id IS NOT NULL AND created_at >=
       (SELECT min(created_at) + (max(created_at) - min(created_at)) / 2 FROM castellan.audit_logs) ORDER BY id LIMIT 1`,
  );
  const [organization] = await context.query<{ id: string }>(
    'SELECT organization_id AS id FROM castellan.audit_logs WHERE organization_id IS NOT NULL LIMIT 1',
  );
  if (!middle || !organization) throw new Error('The log is empty.');
  const order = { sortField: 'created_at', sortDir: 'desc' } as const;
  const cursor = encodeCursor(order, { value: middle.created_at, id: middle.id }, 'date');
  const day = { from: middle.created_at, to: new Date(middle.created_at.getTime() + 86_400_000) };
  const list = (title: string, filter: object, options: ListingOpts = {}): Question => ({
    about: 'audit records',
    title,
    ask: () => log.list(AUDIT_LISTING.normalize(options), filter),
  });
  return [
    list('first page', {}),
    list('keyset page from the middle', {}, { cursor }),
    list('search: one actor', { actorId: middle.actor_id }),
    list('search: what a user did, and what was done to the user (`GET me/audit`)', {
      concerning: middle.actor_id,
    }),
    list('search: one target, refused sign-ins', { targetId: middle.target_id, action: 'auth.login.failed' }),
    list('search: a frequent action, keyset page from the middle', { action: 'auth.login' }, { cursor }),
    list('search: a rare severity', { severity: 'critical' }),
    list(
      'search: an organization, keyset page from the middle',
      { organizationId: organization.id },
      { cursor },
    ),
    list('search: a frequent action on one day, half the log ago', { action: 'auth.login', ...day }),
    list('first page by action', {}, { sort_field: 'action', sort_dir: 'asc' }),
    {
      about: 'audit records',
      title: 'one read of an export, from the middle',
      ask: () => log.walk({}, middle.id, 500),
    },
  ];
}
