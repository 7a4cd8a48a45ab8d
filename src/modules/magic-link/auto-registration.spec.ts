import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import { UserRepository } from '../core/index.js';
import { magicLink, type MagicLinkOptions } from './index.js';

const EMAIL = 'grace.hopper@example.com';
const PASSWORD = 'a gatehouse of 7 towers';

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(core: TestAuthOptions = {}, options: MagicLinkOptions = { autoRegister: true }) {
  const started = await createTestAuth({ modules: [magicLink(options)], ...core });
  auth = started;
  const { api, app, mailbox } = started;
  const ask = async (fields: object = {}) => {
    const answer = await api.post('/magic-link', { email: EMAIL, ...fields });
    expect(answer.status).toBe(202);
    await started.drainOutbox();
    return mailbox.mailTo(EMAIL, 'magic_link').at(-1);
  };
  const confirm = (fields: object = {}) =>
    api.post('/magic-link/confirm', { token: mailbox.lastToken(EMAIL), ...fields });
  const userOf = (email: string) => app.get(UserRepository, { strict: false }).findByEmail(email);
  return { ...started, ask, confirm, userOf };
}

describe('a link to an address that nobody has', () => {
  it('makes an account of it, once it is confirmed', async () => {
    const { ask, confirm, userOf, mailbox, drainOutbox } = await start();
    const mail = await ask({ locale: 'fr' });
    expect(mail?.subject).toBe('Create your account at Castellan');
    expect(await userOf(EMAIL)).toBeNull();
    const { status, body } = await confirm();
    expect([status, body['status'], body.user['username']]).toEqual([200, 'authenticated', 'grace.hopper']);
    expect(await userOf(EMAIL)).toMatchObject({ emailVerified: true, passwordHash: null, locale: 'fr' });
    await drainOutbox();
    expect(mailbox.mailTo(EMAIL, 'welcome')).toHaveLength(1);
  });

  it('does so by its code as well', async () => {
    const { api, ask, mailbox } = await start();
    await ask();
    const proof = { email: EMAIL.toUpperCase(), code: mailbox.lastCode(EMAIL) };
    expect((await api.post('/magic-link/confirm', proof)).status).toBe(200);
  });

  it.each<[string, TestAuthOptions, MagicLinkOptions]>([
    ['the option is off', {}, {}],
    ['sign-up is closed', { registration: 'closed' }, { autoRegister: true }],
    ['sign-up is by invitation', { registration: 'invite_only' }, { autoRegister: true }],
    ['a phone number is needed', { phoneVerification: 'required' }, { autoRegister: true }],
  ])('is not sent where %s', async (_why, core, options) => {
    const { ask } = await start(core, options);
    expect(await ask()).toBeUndefined();
  });

  it('is sent where an email address has to be proven, which it is', async () => {
    const { ask, confirm } = await start({ emailVerification: 'required', phoneVerification: 'required' });
    await ask();
    expect((await confirm()).status).toBe(200);
  });

  it('gives the name that was asked for, or another one where that is taken meanwhile', async () => {
    const { api, ask, confirm } = await start();
    for (const [username, code] of [
      ['1', 'core.invalid_username'],
      ['admin', 'core.username_reserved'],
    ])
      expect((await api.post('/magic-link', { email: EMAIL, username })).body.code).toBe(code);
    await ask({ username: 'Amazing.Grace' });
    await api.post('/signup', { email: 'x@example.com', username: 'amazing.grace', password: PASSWORD });
    const taken = await confirm();
    expect([taken.status, taken.body.code]).toEqual([409, 'core.username_taken']);
    expect((await confirm({ username: 'admin' })).body.code).toBe('core.username_reserved');
    const answer = await confirm({ username: 'Grace' });
    expect([answer.status, answer.body.user['username']]).toEqual([200, 'Grace']);
  });

  it('signs in to the account that somebody made of the address meanwhile, and voids its password', async () => {
    const { api, ask, confirm, mailbox } = await start();
    await ask();
    const token = mailbox.lastToken(EMAIL);
    const { body } = await api.post('/signup', { email: EMAIL, password: PASSWORD });
    const answer = await confirm({ token });
    expect([answer.status, answer.body.user.id]).toEqual([200, body.user.id]);
    expect((await api.post('/login', { email: EMAIL, password: PASSWORD })).status).toBe(401);
  });
});
