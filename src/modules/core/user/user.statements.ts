import { columnList, jsonRow } from '../../../shared/persistence/columns.js';
import { DEFAULT_REALM_ID } from '../../../shared/persistence/realm.js';
import { USER_COLUMNS, USER_INSTANTS } from './user.columns.js';
import type { UserRecord } from './user.js';
import type { UserSortField } from './user.repository.js';

export const RECORD = columnList(USER_COLUMNS);
/** Of `castellan.users u`, in one array of JSON. */
export const ACCOUNT = jsonRow<{ user: UserRecord }>({
  user: { alias: 'u', columns: USER_COLUMNS, instants: USER_INSTANTS },
});
export const SORT_COLUMNS: Readonly<Record<UserSortField, string>> = {
  created_at: 'user.createdAt',
  email: 'user.emailKey',
  username: 'user.usernameKey',
  name: 'user.name',
};

/** Counts an attempt on the row of `target`, and tells whether it was locked before: `FOR UPDATE` makes attempts take turns. */
export const RESERVE = (target: string): string => `
  UPDATE castellan.users AS u SET
    failed_login_attempts = CASE WHEN old.locked THEN u.failed_login_attempts WHEN old.locked_until IS NOT NULL THEN 1 ELSE u.failed_login_attempts + 1 END,
    locked_until = CASE
      WHEN old.locked THEN u.locked_until
      WHEN (CASE WHEN old.locked_until IS NOT NULL THEN 1 ELSE u.failed_login_attempts + 1 END) >= $3::int THEN $4::timestamptz
      ELSE NULL END
  FROM (SELECT id, locked_until, coalesce(locked_until > $2::timestamptz, false) AS locked FROM castellan.users WHERE ${target} FOR UPDATE) AS old
  WHERE u.id = old.id
  RETURNING old.locked AS locked, ${ACCOUNT.expression} AS row`;

/** Accounts that are not deleted. */
export const LIVING = `realm_id = '${DEFAULT_REALM_ID}' AND deleted_at IS NULL`;
