import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { Answer } from '../../src/testing/test-client.js';
import { SystemClock } from '../../src/shared/time/clock.js';
import { type Account, signUpAndLogIn, type Tokens } from './accounts.js';
import type { TestApp } from './test-app.js';

/** What an authenticator app shows now, or so many steps later; on the clock of the applications of this test file. */
export function appCode(secret: string, steps = 0): string {
  const timestamp = new SystemClock().now().getTime() + steps * 30_000;
  return TOTP.generate({ secret: Secret.fromBase32(secret), timestamp });
}

const STEP_MS = 30_000;

/** The code of the step before, in a step that goes on for long enough to use it: at its end that code would be one step too old. */
export async function appCodeBefore(secret: string): Promise<string> {
  const left = STEP_MS - (new SystemClock().now().getTime() % STEP_MS);
  if (left < 4_000) await sleep(left + 10);
  return appCode(secret, -1);
}

/** Six digits that are surely wrong now. */
export function wrongCode(secret: string): string {
  const right = [-2, -1, 0, 1, 2].map((steps) => appCode(secret, steps));
  for (let code = 0; ; code += 1) {
    const text = String(code).padStart(6, '0');
    if (!right.includes(text)) return text;
  }
}

export interface Enrolled extends Account, Tokens {
  readonly secret: string;
  readonly backupCodes: readonly string[];
}

/** Sets up an authenticator app with the code of the step before: that of the present one, and of the next, are still good. */
export async function enrolTotp(
  app: TestApp,
  token: string,
): Promise<{ secret: string; backupCodes: readonly string[] }> {
  const enrolment = await app.api.post('/two-factor/totp/enrol', {}, { token });
  expect(enrolment.status).toBe(200);
  const secret = String(enrolment.body['secret']);
  const code = await appCodeBefore(secret);
  const confirmed = await app.api.post('/two-factor/totp/confirm', { code }, { token });
  expect(confirmed.status).toBe(200);
  return { secret, backupCodes: (confirmed.body['backup_codes'] ?? []) as string[] };
}

/** An account with an authenticator app, signed in before that was set up. */
export async function signUpWithTotp(
  app: TestApp,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Enrolled> {
  const account = await signUpAndLogIn(app, fields);
  return { ...account, ...(await enrolTotp(app, account.access)) };
}

export interface Challenge {
  readonly token: string;
  readonly methods: readonly string[];
  readonly enrol: readonly string[] | undefined;
}

/** A sign-in that has to be challenged. */
export function challengeOf({ status, body }: Answer): Challenge {
  expect([status, body['status']]).toEqual([200, 'challenge_required']);
  const [challenge] = body['challenges'] as { methods: string[]; enrol?: string[] }[];
  return {
    token: String(body['challenge_token']),
    methods: challenge?.methods ?? [],
    enrol: challenge?.enrol,
  };
}

/** Signs in with the password, as far as the challenge. */
export async function challenged(
  app: TestApp,
  { email, password }: Pick<Account, 'email' | 'password'>,
): Promise<Challenge> {
  return challengeOf(await app.api.post('/login', { email, password }));
}

export function verify(
  app: TestApp,
  challengeToken: string,
  method: string,
  code: string,
  fields: object = {},
): Promise<Answer> {
  const body = { challenge_token: challengeToken, method, code, ...fields };
  return app.api.post('/two-factor/challenge/verify', body);
}
