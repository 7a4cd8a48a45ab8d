import { type JoinedPart, jsonRow, picked } from '../../../shared/persistence/columns.js';
import { USER_COLUMNS, USER_INSTANTS } from '../user/user.columns.js';
import type { UserRecord } from '../user/user.js';
import { ACCOUNT } from '../user/user.statements.js';
import { FAMILY_COLUMNS, FAMILY_INSTANTS, SESSION_COLUMNS, SESSION_INSTANTS } from './session.columns.js';
import type {
  CheckedSession,
  RefreshState,
  SessionCheck,
  SessionFamilyRecord,
  SessionRecord,
  SessionState,
} from './session.js';

const SESSION: JoinedPart<SessionRecord> = {
  alias: 's',
  columns: SESSION_COLUMNS,
  instants: SESSION_INSTANTS,
};
const FAMILY: JoinedPart<SessionFamilyRecord> = {
  alias: 'f',
  columns: FAMILY_COLUMNS,
  instants: FAMILY_INSTANTS,
};
const USER: JoinedPart<UserRecord> = { alias: 'u', columns: USER_COLUMNS, instants: USER_INSTANTS };
const TABLES = `castellan.sessions s JOIN castellan.session_families f ON f.id = s.family_id JOIN castellan.users u ON u.id = s.user_id`;

const CHECK = jsonRow<CheckedSession>({
  session: { ...SESSION, columns: picked(SESSION_COLUMNS, ['id', 'expiresAt', 'claims', 'createdAt']) },
  family: {
    ...FAMILY,
    columns: picked(FAMILY_COLUMNS, [
      'id',
      'tokenVersion',
      'expiresAt',
      'revokedAt',
      'authenticatedAt',
      'methods',
      'impersonatorId',
      'lastUsedAt',
    ]),
  },
  user: {
    ...USER,
    columns: picked(USER_COLUMNS, [
      'id',
      'tokenVersion',
      'claimsVersion',
      'email',
      'emailVerified',
      'phoneNumber',
      'phoneNumberVerified',
      'active',
      'bannedAt',
      'bannedUntil',
      'banReason',
      'deletedAt',
    ]),
  },
});
const STATE = jsonRow<SessionState>(
  { session: SESSION, family: FAMILY, user: USER },
  'next.id IS NOT NULL AND next.replaced_by IS NULL',
);

/** The account comes as text, for few routes ask for more of it than its standing. */
export const BY_ACCESS_TOKEN = `SELECT ${CHECK.expression} AS row, ${ACCOUNT.expression}::text AS account
  FROM ${TABLES} WHERE s.access_token = $1`;
export const BY_REFRESH_TOKEN = `SELECT ${STATE.expression} AS row
  FROM ${TABLES} LEFT JOIN castellan.sessions next ON next.id = s.replaced_by WHERE s.refresh_token = $1`;

/** What `BY_ACCESS_TOKEN` answers. */
export interface CheckRow {
  readonly row: readonly unknown[];
  readonly account: string;
}

export function checkOf({ row, account }: CheckRow): SessionCheck {
  const { session, family, user } = CHECK.read(row);
  return { session, family, user, account: () => ACCOUNT.read(JSON.parse(account) as unknown[]).user };
}

/** What `BY_REFRESH_TOKEN` answers. */
export interface StateRow {
  readonly row: readonly unknown[];
}

export function refreshStateOf({ row }: StateRow): RefreshState {
  return { ...STATE.read(row), successorIsCurrent: row.at(-1) === true };
}
