import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Answer } from '../../src/testing/test-client.js';
import { freshEmail, type Tokens } from './accounts.js';
import type { TestApp } from './test-app.js';

export interface Invited {
  readonly id: string;
  readonly email: string;
  /** Of the link. */
  readonly token: string;
}

/** Another instance may be sending it at this moment. */
const SENT_WITHIN_MS = 10_000;

/** The token of the latest invitation to an address; other messages with links may come after it. */
export async function tokenTo(app: TestApp, email: string): Promise<string> {
  const until = Date.now() + SENT_WITHIN_MS;
  do {
    await app.drainOutbox();
    const token = latestToken(app, email);
    if (token !== undefined) return token;
    await sleep(50);
  } while (Date.now() < until);
  throw new Error(`No invitation was sent to ${email}.`);
}

function latestToken(app: TestApp, email: string): string | undefined {
  const mail = app.mailbox
    .mailTo(email)
    .filter(({ template }) => template === 'invitation' || template === 'organization_invitation')
    .at(-1);
  return /\/pages\/invitation#token=([\w-]+)/.exec(mail?.text ?? '')?.[1];
}

/** Invites to the platform. */
export async function inviteToPlatform(
  app: TestApp,
  admin: Pick<Tokens, 'access'>,
  fields: object = {},
): Promise<Invited> {
  const body = { email: freshEmail('invited'), ...fields };
  const answer = await app.api.post('/invitations', body, { token: admin.access });
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return { id: answer.body.id, email: body.email, token: await tokenTo(app, body.email) };
}

export function postInvitation(
  app: TestApp,
  organizationId: string,
  by: Pick<Tokens, 'access'>,
  fields: object,
): Promise<Answer> {
  return app.api.post(`/organizations/${organizationId}/invitations`, fields, { token: by.access });
}

/** Invites into an organization. */
export async function inviteInto(
  app: TestApp,
  organizationId: string,
  by: Pick<Tokens, 'access'>,
  fields: object = {},
): Promise<Invited> {
  const body = { email: freshEmail('invited'), ...fields };
  const answer = await postInvitation(app, organizationId, by, body);
  expect([answer.status, answer.body.code]).toEqual([201, undefined]);
  return { id: answer.body.id, email: body.email, token: await tokenTo(app, body.email) };
}

/** The role of an account in an organization; `undefined`: none. */
export async function roleIn(
  app: TestApp,
  organizationId: string,
  userId: string,
): Promise<string | undefined> {
  const [row] = await app.sql<{ role: string }>(
    'SELECT role FROM castellan.organization_members WHERE organization_id = $1 AND user_id = $2',
    [organizationId, userId],
  );
  return row?.role;
}

export async function statusOf(app: TestApp, invitationId: string): Promise<string | undefined> {
  const [row] = await app.sql<{ status: string }>('SELECT status FROM castellan.invitations WHERE id = $1', [
    invitationId,
  ]);
  return row?.status;
}

/** An account whose address is proven. */
export async function prove(app: TestApp, userId: string): Promise<void> {
  await app.sql('UPDATE castellan.users SET email_verified = true WHERE id = $1', [userId]);
}
