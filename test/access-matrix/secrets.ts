import { randomUUID } from 'node:crypto';
import { expect } from '@jest/globals';
import type { UserRecord } from '../../src/modules/core/index.js';
import { TotpEnrolmentService } from '../../src/modules/two-factor/factor/totp-enrolment.service.js';
import { TotpSecrets } from '../../src/modules/two-factor/factor/totp-secrets.js';
import { TwoFactorRepository } from '../../src/modules/two-factor/index.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import { type Account, freshEmail, freshPhone, PASSWORD } from '../support/accounts.js';
import { CLIENT_PAGE } from '../support/oauth-world.js';
import type { TestApp } from '../support/test-app.js';
import { appCode, challenged } from '../support/two-factor.js';
import type { Person } from './people.js';
import type { Scene } from './scene.js';

/** Asks for what has to be there before the request of a row. */
async function ask(
  app: TestApp,
  path: string,
  body: object,
  token?: string,
): Promise<Record<string, unknown>> {
  const answer = await app.api.post(path, body, { token });
  expect([path, answer.status < 300, answer.text]).toEqual([path, true, expect.any(String)]);
  await app.drainOutbox();
  return answer.body;
}

/** Of a link that proves the address of an account of its own. */
export async function verificationToken(scene: Scene): Promise<string> {
  const { email } = await scene.outsider({ emailVerified: false });
  await ask(scene.app, '/email/verify/request', { email });
  return scene.app.mailbox.lastToken(email);
}

export async function phoneVerification(scene: Scene): Promise<{ phone_number: string; code: string }> {
  const { phone } = await scene.outsider({ phoneNumberVerified: false });
  await ask(scene.app, '/phone/verify/request', { phone_number: phone });
  return { phone_number: phone, code: scene.app.mailbox.lastCode(phone) };
}

export async function resetToken(scene: Scene): Promise<string> {
  const { email } = await scene.outsider();
  await ask(scene.app, '/password/forgot', { email });
  return scene.app.mailbox.lastToken(email);
}

/** What was sent to the new address of somebody. */
export async function emailChange(
  scene: Scene,
  { access }: Person,
): Promise<{ token: string; code: string }> {
  const email = freshEmail('new');
  await ask(scene.app, '/me/email', { email, password: PASSWORD }, access);
  return { token: scene.app.mailbox.lastToken(email), code: scene.app.mailbox.lastCode(email) };
}

export async function phoneChangeCode(scene: Scene, { access }: Person): Promise<string> {
  const phone = freshPhone();
  await ask(scene.app, '/me/phone', { phone_number: phone, password: PASSWORD }, access);
  return scene.app.mailbox.lastCode(phone);
}

/** Of a link that signs in an account of its own. */
export async function magicLinkToken(scene: Scene): Promise<string> {
  const { email } = await scene.outsider();
  await ask(scene.app, '/magic-link', { email, redirect_to: CLIENT_PAGE });
  return scene.app.mailbox.lastToken(email);
}

/** What the link’s page sends the browser on with. */
export async function magicLinkCode(scene: Scene): Promise<string> {
  const opened = await ask(scene.app, '/magic-link/open', { token: await magicLinkToken(scene) });
  return new URL(String(opened['redirect_to'])).searchParams.get('magic_link_code') ?? '';
}

/** The secret of an app that waits for its first code. Not by the route: under Jest the QR code takes longest of all. */
export async function pendingTotp({ app: { app } }: Scene, user: UserRecord): Promise<string> {
  const { secret, sealed } = app.get(TotpSecrets, { strict: false }).create(user);
  const enrolment = { id: randomUUID(), userId: user.id, pendingSecret: sealed, now: new Date() };
  await app.get(TwoFactorRepository, { strict: false }).begin(enrolment);
  return secret;
}

/** The secret of an app; its present code is still good. */
export async function withTotp(scene: Scene, { user }: Person): Promise<string> {
  const secret = await pendingTotp(scene, user);
  const enrolment = scene.app.app.get(TotpEnrolmentService, { strict: false });
  await enrolment.confirm(user, appCode(secret, -1), SYSTEM_CLIENT);
  return secret;
}

export async function pendingSmsCode(scene: Scene, { access }: Person): Promise<string> {
  const phone = freshPhone();
  await ask(scene.app, '/two-factor/sms/enrol', { phone_number: phone }, access);
  return scene.app.mailbox.lastCode(phone);
}

export async function pendingEmailCode(scene: Scene, { access, email }: Person): Promise<string> {
  await ask(scene.app, '/two-factor/email/enrol', {}, access);
  return scene.app.mailbox.lastCode(email);
}

/** Codes by email as a second factor. */
export async function withEmailCodes(scene: Scene, person: Person): Promise<Person> {
  const code = await pendingEmailCode(scene, person);
  await ask(scene.app, '/two-factor/email/confirm', { code }, person.access);
  return person;
}

/** Of a sign-in that has got as far as the second factor. */
export async function challengeToken(
  scene: Scene,
  account: Pick<Account, 'email' | 'password'>,
): Promise<string> {
  return (await challenged(scene.app, account)).token;
}
