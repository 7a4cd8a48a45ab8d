import { AUDIT_LISTING } from '../../src/modules/audit/record/audit-log.repository.js';
import { TypeOrmAuditLogRepository } from '../../src/modules/audit/record/typeorm-audit-log.repository.js';
import { TypeOrmUserAdministrationRepository } from '../../src/modules/core/user/typeorm-user-administration.repository.js';
import { encodeCursor } from '../../src/shared/listing/cursor.js';
import { defineListing, type ListingOpts } from '../../src/shared/listing/listing.js';
import type { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';

/** As administrators sort accounts. */
const USER_LISTING = defineListing({
  sortable: ['created_at', 'email', 'username', 'name'],
  defaultSort: 'created_at',
});

/** What somebody asks of a list, in the words of the report, and what asks it. */
export interface Question {
  readonly about: 'audit records' | 'users';
  readonly title: string;
  readonly ask: () => Promise<unknown>;
}

interface Key {
  readonly id: string;
  readonly created_at: Date;
}

/** First pages, pages from the middle, and searches. */
export async function questionsOf(context: TypeOrmContext, users: number): Promise<Question[]> {
  return [...(await auditQuestions(context)), ...(await userQuestions(context, users))];
}

async function auditQuestions(context: TypeOrmContext): Promise<Question[]> {
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

async function userQuestions(context: TypeOrmContext, users: number): Promise<Question[]> {
  const repository = new TypeOrmUserAdministrationRepository(context);
  const [middle] = await context.query<Key & { email: string }>(
    'SELECT id, created_at, email FROM castellan.users ORDER BY created_at, id OFFSET $1 LIMIT 1',
    [Math.floor(users / 2)],
  );
  if (!middle) throw new Error('There are no users.');
  const cursor = encodeCursor(
    { sortField: 'created_at', sortDir: 'desc' },
    { value: middle.created_at, id: middle.id },
    'date',
  );
  const list = (title: string, query: string | undefined, options: ListingOpts = {}): Question => ({
    about: 'users',
    title,
    ask: () => repository.list(USER_LISTING.normalize(options), query === undefined ? {} : { query }),
  });
  return [
    list('first page', undefined),
    list('keyset page from the middle', undefined, { cursor }),
    list('first page by email', undefined, { sort_field: 'email', sort_dir: 'asc' }),
    list('search: part of an address', middle.email.slice(2)),
    list('search: nobody', 'nobody has this'),
  ];
}
