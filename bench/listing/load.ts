import { spawn } from 'node:child_process';

/** `COPY … TO STDOUT | COPY … FROM STDIN` of two `psql`: the rows are made by the server, and pass through this machine's memory a buffer at a time. */
export async function copyInto(url: string, table: string, columns: string, select: string): Promise<void> {
  const from = psql(url, `COPY (${select}) TO STDOUT (FORMAT binary)`);
  const to = psql(url, NO_TRIGGERS, `COPY ${table} (${columns}) FROM STDIN (FORMAT binary)`);
  from.stdout.pipe(to.stdin);
  await Promise.all([ended(from), ended(to)]);
}

/** The rows refer to what is there; to look each up takes longer than to write it. */
const NO_TRIGGERS = 'SET session_replication_role = replica';

function psql(url: string, ...statements: string[]): ReturnType<typeof spawnPsql> {
  const commands = statements.flatMap((sql) => ['--command', sql]);
  return spawnPsql(['--no-psqlrc', '--quiet', '--set', 'ON_ERROR_STOP=1', ...commands, url]);
}

function spawnPsql(args: readonly string[]) {
  return spawn('psql', args, { stdio: ['pipe', 'pipe', 'inherit'] });
}

function ended(child: ReturnType<typeof psql>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`psql ended with ${code}`))));
  });
}

/** Version 7, of a time in milliseconds and a number, both SQL. */
export const idAt = (milliseconds: string, number: string): string =>
  `(lpad(to_hex(${milliseconds}), 12, '0') || '7' || lpad(to_hex(${number} % 4096), 3, '0') || '8' || substr(md5(${number}::text), 1, 15))::uuid`;

/** The first of the accounts, and what lies between two. */
export const USERS_FROM = 1_700_000_000_000;
export const userId = (number: string): string => idAt(`${USERS_FROM}::bigint + ${number} * 20000`, number);

export const USER_COLUMNS =
  'id, name, email, email_key, username, username_key, email_verified, created_at, updated_at';

export function usersSelect(count: number): string {
  const at = `to_timestamp((${USERS_FROM}::bigint + i * 20000) / 1000.0)::timestamptz(3)`;
  return `SELECT ${userId('i')}, (initcap(substr(md5(i::text), 1, 6)) || ' ' || initcap(substr(md5((-i)::text), 1, 9)))::varchar(200),
    ('user' || i || '@example.com')::varchar(254), ('user' || i || '@example.com')::varchar(254),
    ('User' || i)::varchar(30), ('user' || i)::varchar(30), i % 3 > 0, ${at}, ${at}
    FROM generate_series(1::bigint, ${count}) AS i`;
}

/** Ninety days for ten million. */
const RECORDS_FROM = 1_760_000_000_000;
const RECORD_STEP = 777;
const RECORDS_A_BATCH = 1_000;

export const RECORD_COLUMNS =
  'id, action, actor_id, actor_type, target_id, target_type, organization_id, severity, details, metadata, ip_address, user_agent, request_id, retention, batch_id, personal_salt, personal_commitment, created_at';

/** As a service has them: sign-ins for the most part, some refused, few things critical; one in ten in an organization. */
export function recordsSelect(count: number, users: number): string {
  const at = `${RECORDS_FROM}::bigint + i * ${RECORD_STEP}`;
  const user = userId(`(1 + i * 7919 % ${users})`);
  return `SELECT ${idAt(at, 'i')},
    (CASE WHEN i % 100000 = 0 THEN 'auth.refresh.reuse' WHEN i % 1000 = 1 THEN 'admin.user.ban' WHEN i % 10 < 6 THEN 'auth.login'
      WHEN i % 10 < 8 THEN 'auth.login.failed' WHEN i % 10 = 8 THEN 'auth.logout' ELSE 'user.profile.change' END)::varchar(64),
    CASE WHEN i % 10 IN (6, 7) THEN NULL ELSE ${user} END, (CASE WHEN i % 10 IN (6, 7) THEN 'anonymous' ELSE 'user' END)::varchar(16),
    (${user})::text::varchar(64), 'user'::varchar(32),
    CASE WHEN i % 10 = 3 THEN ${idAt(`${USERS_FROM}::bigint`, '(i / 10 % 1000)')} END,
    (CASE WHEN i % 100000 = 0 THEN 'critical' WHEN i % 10 IN (6, 7) OR i % 1000 = 1 THEN 'warning' ELSE 'info' END)::varchar(16),
    'The user signed in.', jsonb_build_object('session_id', ${idAt(at, 'i')}, 'methods', jsonb_build_array('pwd')),
    ('203.0.' || i % 256 || '.' || i / 256 % 256)::varchar(45), 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'::varchar(512),
    md5(i::text)::uuid, 'authentication'::varchar(32),
    CASE WHEN i < ${count} - ${RECORDS_A_BATCH} THEN ${idAt(`${RECORDS_FROM}::bigint`, `(i / ${RECORDS_A_BATCH})`)} END,
    substr(md5(i::text), 1, 22)::varchar(22), (md5(i::text) || substr(md5((-i)::text), 1, 11))::varchar(43),
    to_timestamp((${at}) / 1000.0)::timestamptz(3)
    FROM generate_series(1::bigint, ${count}) AS i`;
}
