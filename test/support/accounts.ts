import { randomBytes } from 'node:crypto';
import { expect } from '@jest/globals';
import type { Answer, AnswerBody } from '../../src/testing/test-client.js';
import type { TestApp } from './test-app.js';

export const PASSWORD = 'a gatehouse of 7 towers';

/** Unused in this run. */
export function freshName(prefix = 'user'): string {
  return `${prefix}${randomBytes(5).toString('hex')}`;
}

export function freshEmail(prefix = 'user'): string {
  return `${freshName(prefix)}@example.com`;
}

/** A valid number that nobody has yet. */
export function freshPhone(): string {
  const digits = String(randomBytes(4).readUInt32BE() % 10_000_000).padStart(7, '0');
  return `+4479${String(10 + ((randomBytes(1)[0] ?? 0) % 80))}${digits.slice(0, 6)}`;
}

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export async function signUp(app: TestApp, fields: Readonly<Record<string, unknown>> = {}): Promise<Account> {
  const email = freshEmail();
  const username = freshName('u');
  const answer = await app.api.post('/signup', { email, username, password: PASSWORD, ...fields });
  expect(answer.status).toBe(201);
  return { email, username, password: PASSWORD, ...fields, id: answer.body.user.id };
}

export interface Tokens {
  readonly access: string;
  readonly refresh: string;
  readonly sessionId: string;
}

export async function logIn(
  app: TestApp,
  account: Pick<Account, 'email' | 'password'>,
  fields: object = {},
): Promise<Tokens> {
  const answer = await app.api.post('/login', {
    email: account.email,
    password: account.password,
    ...fields,
  });
  expect([answer.status, answer.body.code]).toEqual([200, undefined]);
  return tokensOf(answer);
}

export function tokensOf({ body }: Answer): Tokens {
  return { access: body.access_token, refresh: body.refresh_token, sessionId: body.session_id };
}

export async function signUpAndLogIn(
  app: TestApp,
  fields: Readonly<Record<string, unknown>> = {},
): Promise<Account & Tokens> {
  const account = await signUp(app, fields);
  return { ...account, ...(await logIn(app, account)) };
}

/** Status of `GET me` under an access token. */
export async function meStatus(app: TestApp, token: string): Promise<number> {
  return (await app.api.get('/me', { token })).status;
}

export function refresh(app: TestApp, token: string): Promise<Answer> {
  return app.api.post('/refresh', { refresh_token: token });
}

/** Status and code of a refusal, in one comparison. */
export function refusal(answer: Answer): [number, AnswerBody['code']] {
  return [answer.status, answer.body.code];
}
