import {
  idAt,
  RECORD_COLUMNS,
  recordsSelect,
  USER_COLUMNS,
  userId,
  USERS_FROM,
  usersSelect,
} from './load.js';

/** Rows of a table, made by the server. */
export interface Rows {
  readonly table: string;
  readonly columns: string;
  readonly select: string;
}

export interface Sizes {
  readonly users: number;
  readonly records: number;
}

/** So many organizations and roles. Every tenth user is in the first, and has the first. */
const GROUPS = 1_000;
export const FIRST_GROUP = `SELECT ${idAt(`${USERS_FROM}::bigint`, '0')} AS id`;
const group = (number: string): string => idAt(`${USERS_FROM}::bigint`, number);
const GROUP_OF = `(CASE WHEN i % 10 = 0 THEN 0 ELSE i % ${GROUPS} END)`;

/** Every table whose lists are asked, and what it refers to before it. Users have two sessions, a place in an organization, a role and an invitation each. */
export function rowsOf({ users, records }: Sizes): Rows[] {
  const at = `to_timestamp((${USERS_FROM}::bigint + i * 20000) / 1000.0)::timestamptz(3)`;
  const each = (columns: string): string =>
    `SELECT ${columns} FROM generate_series(1::bigint, ${users}) AS i`;
  const groups = (columns: string): string =>
    `SELECT ${columns} FROM generate_series(0::bigint, ${GROUPS - 1}) AS i`;
  const own = (salt: number): string => idAt(`${USERS_FROM}::bigint + i * 20000`, `(i + ${salt})`);
  return [
    { table: 'users', columns: USER_COLUMNS, select: usersSelect(users) },
    { table: 'audit_logs', columns: RECORD_COLUMNS, select: recordsSelect(records, users) },
    ...[1, 2].map((salt) => ({
      table: 'session_families',
      columns:
        'id, user_id, token_version, expires_at, authenticated_at, methods, last_used_at, created_at, user_agent',
      select: each(
        `${own(salt)}, ${userId('i')}, 0, now() + interval '1 day', ${at}, ARRAY['pwd']::text[], ${at}, ${at}, 'Firefox'::varchar(512)`,
      ),
    })),
    {
      table: 'organizations',
      columns: 'id, name, slug, owner_id, personal, metadata, created_at, updated_at',
      select: groups(
        `${group('i')}, ('Organization ' || i)::varchar(255), ('organization-' || i)::varchar(63), ${userId('(i + 1)')}, false, '{}'::jsonb, now()::timestamptz(3), now()::timestamptz(3)`,
      ),
    },
    {
      table: 'organization_members',
      columns: 'id, organization_id, user_id, role, joined_at',
      select: each(`${own(3)}, ${group(GROUP_OF)}, ${userId('i')}, 'member'::varchar(16), ${at}`),
    },
    {
      table: 'roles',
      columns: 'id, slug, name, permissions, created_at, updated_at',
      select: groups(
        `${group('i')}, ('role-' || i)::varchar(63), ('Role ' || i)::varchar(100), ARRAY['a:read']::text[], now()::timestamptz(3), now()::timestamptz(3)`,
      ),
    },
    {
      table: 'role_assignments',
      columns: 'id, user_id, role_id, created_at',
      select: each(`${own(4)}, ${userId('i')}, ${group(GROUP_OF)}, ${at}`),
    },
    {
      table: 'invitations',
      columns:
        'id, purpose, organization_id, email, invitee, inviter_id, role, status, sent_at, expires_at, created_at, acted_at',
      select: each(
        `${own(5)}, 'organization'::varchar(64), ${group(GROUP_OF)}, ('guest' || i || '@example.com')::varchar(254), ('guest' || i || '@example.com')::varchar(508), ${userId('i')}, 'member'::varchar(16), 'expired'::varchar(16), ${at}, ${at}, ${at}, ${at}`,
      ),
    },
  ];
}
