import bcrypt from 'bcrypt';
import { type BenchDatabase, PASSWORD } from './bench-database.js';
import { httpRequest, type Traffic } from './load.js';
import type { ServerProcess } from './server-process.js';

const USERS = 1_000;
const SIGN_IN = '/api/auth/sign-in/email';
/** It refuses what comes from elsewhere. */
const ORIGIN = 'Origin: http://localhost';

/** The accounts of `nest-passport`, which has no registration. */
export async function addPassportAccounts(database: BenchDatabase): Promise<void> {
  await database.query(
    `CREATE TABLE public.bench_accounts (id uuid PRIMARY KEY, email varchar(254) NOT NULL UNIQUE, password varchar(60) NOT NULL)`,
  );
  await database.query(
    'INSERT INTO public.bench_accounts SELECT id, email, $1 FROM castellan.users ORDER BY id LIMIT $2',
    [await bcrypt.hash(PASSWORD, 10), USERS],
  );
}

/** Accounts of better-auth: one signs up, and the others are copies of it. */
export async function addBetterAuthAccounts(database: BenchDatabase, { port }: ServerProcess): Promise<void> {
  const [one] = await database.query<{ count: string }>('SELECT count(*) FROM public."user"');
  if (one?.count !== '0') return;
  const response = await fetch(`http://127.0.0.1:${port}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: 'http://localhost' },
    body: JSON.stringify({ name: 'User 1', email: 'user1@example.com', password: PASSWORD }),
  });
  if (response.status !== 200) throw new Error(`better-auth: ${response.status} ${await response.text()}`);
  await database.query(
    `INSERT INTO public."user" (id, name, email, "emailVerified", "createdAt", "updatedAt")
     SELECT 'copy' || i, 'User ' || i, 'user' || i || '@example.com', false, now(), now() FROM generate_series(2, ${USERS}) AS i`,
  );
  await database.query(
    `INSERT INTO public.account (id, "accountId", "providerId", "userId", password, "createdAt", "updatedAt")
     SELECT 'copy' || i, 'copy' || i, one."providerId", 'copy' || i, one.password, now(), now()
     FROM generate_series(2, ${USERS}) AS i, (SELECT * FROM public.account LIMIT 1) AS one`,
  );
}

export function betterAuthLogins(): Traffic {
  let user = 0;
  return {
    next: () => {
      user = (user % USERS) + 1;
      const body = { email: `user${user}@example.com`, password: PASSWORD };
      return httpRequest('POST', SIGN_IN, { headers: [ORIGIN], body });
    },
  };
}

/** Its session check: `get-session`, with the cookie of a sign-in. */
export async function betterAuthChecks({ port }: ServerProcess, count: number): Promise<Traffic> {
  const requests: string[] = [];
  for (let user = 1; user <= count; user += 1) {
    const response = await fetch(`http://127.0.0.1:${port}${SIGN_IN}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'http://localhost' },
      body: JSON.stringify({ email: `user${user}@example.com`, password: PASSWORD }),
    });
    const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
    requests.push(
      httpRequest('GET', '/api/auth/get-session', { headers: [`Cookie: ${cookies.join('; ')}`] }),
    );
  }
  return { next: (connection) => requests[connection % count] ?? '' };
}
