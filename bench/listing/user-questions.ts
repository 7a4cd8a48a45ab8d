import { TypeOrmAccountStatisticsRepository } from '../../src/modules/core/statistics/typeorm-account-statistics.repository.js';
import { TypeOrmUserAdministrationRepository } from '../../src/modules/core/user/typeorm-user-administration.repository.js';
import type { ManagedUserFilter } from '../../src/modules/core/user/user-administration.repository.js';
import { TypeOrmRoleAssignmentRepository } from '../../src/modules/rbac/assignment/typeorm-role-assignment.repository.js';
import { encodeCursor } from '../../src/shared/listing/cursor.js';
import { defineListing, type ListingOpts } from '../../src/shared/listing/listing.js';
import type { TypeOrmContext } from '../../src/shared/persistence/typeorm-context.js';
import type { Question } from './question.js';
import { FIRST_GROUP } from './rows.js';

/** As administrators sort accounts. */
const USER_LISTING = defineListing({
  sortable: ['created_at', 'email', 'username', 'name'],
  defaultSort: 'created_at',
});

interface Middle {
  readonly id: string;
  readonly created_at: Date;
  readonly email: string;
  readonly name: string;
}

const DAY_MS = 86_400_000;

export async function userQuestions(context: TypeOrmContext): Promise<Question[]> {
  const repository = new TypeOrmUserAdministrationRepository(context);
  const [middle] = await context.query<Middle>(
    'SELECT id, created_at, email, name FROM castellan.users ORDER BY created_at, id OFFSET (SELECT count(*) / 2 FROM castellan.users) LIMIT 1',
  );
  const [role] = await context.query<{ id: string }>(FIRST_GROUP);
  if (!middle || !role) throw new Error('There are no users.');
  const now = new Date();
  const list = (title: string, filter: ManagedUserFilter = {}, options: ListingOpts = {}): Question => ({
    about: 'users',
    title,
    ask: () => repository.list(USER_LISTING.normalize(options), filter),
  });
  const behind = (sort_field: string, value: Date | string | null): ListingOpts => {
    const { sortType } = USER_LISTING.normalize({ sort_field });
    const sort_dir = sort_field === 'created_at' ? 'desc' : 'asc';
    const cursor = encodeCursor(
      { sortField: sort_field, sortDir: sort_dir },
      { value, id: middle.id },
      sortType,
    );
    return { sort_field, sort_dir, cursor };
  };
  const by = (sort_field: string): ListingOpts => ({ sort_field, sort_dir: 'asc' });
  const statistics = new TypeOrmAccountStatisticsRepository(context);
  const holders = new TypeOrmRoleAssignmentRepository(context).holders(role.id, null);
  const { email, created_at: at } = middle;
  return [
    list('first page'),
    list('keyset page from the middle', {}, behind('created_at', at)),
    ...['email', 'username', 'name'].map((field) => list(`first page by ${field}`, {}, by(field))),
    list('keyset page by email, from the middle', {}, behind('email', email)),
    list('keyset page by username, from the middle', {}, behind('username', email.replace(/@.*/, ''))),
    list('keyset page by name, from the middle', {}, behind('name', middle.name)),
    list('keyset page by name, those without one', {}, behind('name', null)),
    list('search: part of an address', { query: email.slice(2) }),
    list('search: part of a name, by email', { query: middle.name.slice(1) }, by('email')),
    list('search: what everybody has', { query: 'example.com' }),
    list('search: what some thousands have', { query: middle.name.slice(0, 3) }),
    list('search: two letters', { query: middle.name.slice(0, 2) }),
    list('search: nobody', { query: 'nobody has this' }),
    list('filter: banned', { banned: { is: true, now } }),
    list('filter: not banned', { banned: { is: false, now } }),
    list('filter: address proven', { emailVerified: true }),
    list('filter: address not proven, by name', { emailVerified: false }, by('name')),
    list('filter: switched off', { active: false }),
    list('filter: deleted', { deleted: true }),
    list('filter: super admins', { superAdmin: true }),
    list(
      'filter: made on one day, by email',
      { createdFrom: at, createdBefore: new Date(at.getTime() + DAY_MS) },
      by('email'),
    ),
    list('filter: a role that every tenth has', { within: holders }),
    list(
      'filter: a role that every tenth has, keyset page from the middle',
      { within: holders },
      behind('created_at', at),
    ),
    list('all filters together', {
      query: 'user',
      banned: { is: false, now },
      emailVerified: false,
      active: true,
      superAdmin: false,
      within: holders,
    }),
    { about: 'statistics', title: 'accounts by state', ask: () => statistics.users(now) },
    { about: 'statistics', title: 'accounts by day', ask: () => statistics.signUpsSince(at) },
    { about: 'statistics', title: 'living sessions', ask: () => statistics.livingSessions(now) },
  ];
}
