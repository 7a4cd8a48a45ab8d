import 'reflect-metadata';
import { afterEach, describe, expect, it } from '@jest/globals';
import { AuthEvent } from '../../shared/events/auth-event.js';
import { EventBus } from '../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../shared/http/client-info.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import { AccountLifecycleService, LoginFailed, UserRepository } from '../core/index.js';
import { magicLink, type MagicLinkOptions, MagicLinkRedeemed, MagicLinkSent } from './index.js';

const EMAIL = 'ada@example.com';
const PASSWORD = 'a gatehouse of 7 towers';

let auth: TestAuth | undefined;
afterEach(() => auth?.close());

async function start(options: MagicLinkOptions = {}, core: TestAuthOptions = {}) {
  const started = await createTestAuth({ modules: [magicLink(options)], ...core });
  auth = started;
  const { api, mailbox, app } = started;
  const users = app.get(UserRepository, { strict: false });
  const ask = async (email = EMAIL, fields: object = {}) => {
    const answer = await api.post('/magic-link', { email, ...fields });
    await started.drainOutbox();
    return answer;
  };
  const confirm = (fields: object) => api.post('/magic-link/confirm', fields);
  const signUp = async (email = EMAIL) =>
    (await api.post('/signup', { email, password: PASSWORD })).body.user.id;
  const events: AuthEvent[] = [];
  app.get(EventBus, { strict: false }).on(AuthEvent, 'transaction', (event) => void events.push(event));
  const links = (email = EMAIL) => mailbox.mailTo(email, 'magic_link');
  return { ...started, users, ask, confirm, signUp, events, links };
}

describe('a magic link', () => {
  it('signs in, once, and proves the address', async () => {
    const { ask, confirm, signUp, mailbox, users } = await start();
    const id = await signUp();
    expect((await ask()).status).toBe(202);
    const token = mailbox.lastToken(EMAIL);
    expect(mailbox.lastLink(EMAIL)).toBe(`http://localhost:3000/auth/pages/magic-link#token=${token}`);
    const answer = await confirm({ token, device_name: 'Ada’s laptop' });
    expect([answer.status, answer.body['status'], answer.body.user.id]).toEqual([200, 'authenticated', id]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect((await users.findById(id))?.emailVerified).toBe(true);
    const again = await confirm({ token });
    expect([again.status, again.body.code]).toEqual([400, 'core.invalid_code']);
  });

  it('takes the code beside it, which is spent with it', async () => {
    const { ask, confirm, signUp, mailbox } = await start();
    await signUp();
    await ask();
    const [code, token] = [mailbox.lastCode(EMAIL), mailbox.lastToken(EMAIL)];
    expect((await confirm({ email: ' ADA@example.com', code })).status).toBe(200);
    expect((await confirm({ email: EMAIL, code })).status).toBe(400);
    expect((await confirm({ token })).status).toBe(400);
  });

  it('wants a token, or an address with a code', async () => {
    const { confirm } = await start();
    for (const body of [
      {},
      { email: EMAIL },
      { code: '000000' },
      { token: 'x', email: EMAIL, code: '000000' },
    ]) {
      const answer = await confirm(body);
      expect([answer.status, answer.body.code]).toEqual([400, 'core.validation_failed']);
    }
  });

  it('is mailed to accounts, and to nobody else', async () => {
    const { ask, signUp, links } = await start();
    await signUp();
    await ask('nobody@example.com');
    await ask('ADA@EXAMPLE.com');
    expect(links('nobody@example.com')).toEqual([]);
    // In the spelling of the account, which is the one that was proven or will be.
    expect(links().map(({ to, subject }) => [to, subject])).toEqual([[EMAIL, 'Sign in to Castellan']]);
  });

  it('carries no code where that is switched off, and leads where the host says', async () => {
    const { ask, signUp, links, confirm, mailbox } = await start({
      code: false,
      link: 'https://app.example.com/in?x=1#t={token}',
    });
    await signUp();
    await ask();
    const [{ text } = { text: '' }] = links();
    expect(text).toMatch(/https:\/\/app\.example\.com\/in\?x=1#t=[A-Za-z0-9_-]{43}\n/);
    expect(text).not.toMatch(/Code:/);
    const token = mailbox.lastLink(EMAIL).split('#t=')[1];
    expect((await confirm({ token })).status).toBe(200);
  });

  it('lives as long as the option says, its code for ten minutes at most', async () => {
    const { ask, confirm, signUp, mailbox, clock } = await start({ ttlMs: 20 * 60_000 });
    await signUp();
    await ask();
    clock.advance(10 * 60_000 + 1);
    expect((await confirm({ email: EMAIL, code: mailbox.lastCode(EMAIL) })).status).toBe(400);
    const token = mailbox.lastToken(EMAIL);
    clock.advance(10 * 60_000);
    expect((await confirm({ token })).status).toBe(400);
    await ask();
    clock.advance(20 * 60_000 - 1);
    expect((await confirm({ token: mailbox.lastToken(EMAIL) })).status).toBe(200);
  });

  it('dies with the account’s other credentials, and with its address', async () => {
    const { api, ask, confirm, signUp, mailbox, users } = await start();
    const id = await signUp();
    const { body } = await confirm({ token: (await ask(), mailbox.lastToken(EMAIL)) });
    await ask();
    const old = mailbox.lastToken(EMAIL);
    const changed = await users.changeEmail(id, EMAIL, 'new@example.com');
    expect(changed).toHaveProperty('user');
    expect((await confirm({ token: old })).body.code).toBe('core.invalid_code');
    await ask('new@example.com');
    const token = mailbox.lastToken('new@example.com');
    const set = await api.post('/me/password', { new_password: PASSWORD }, { token: body.access_token });
    expect(set.status).toBe(204);
    expect((await confirm({ token })).body.code).toBe('core.invalid_code');
  });

  it('tells a banned or inactive user after the proof alone, and is not spent by that', async () => {
    const { ask, confirm, signUp, mailbox, app, users, events } = await start();
    const id = await signUp();
    const lifecycle = app.get(AccountLifecycleService, { strict: false });
    await lifecycle.ban(id, { reason: 'spam' }, SYSTEM_CLIENT);
    expect((await ask()).status).toBe(202);
    const token = mailbox.lastToken(EMAIL);
    const banned = await confirm({ token });
    expect([banned.status, banned.body.code]).toEqual([403, 'core.account_banned']);
    expect((await users.findById(id))?.emailVerified).toBe(false);
    expect(events.filter((event) => event instanceof LoginFailed)).toMatchObject([
      { userId: id, reason: 'core.account_banned' },
    ]);
    await lifecycle.unban(id, SYSTEM_CLIENT);
    await users.setActive(id, false);
    expect((await confirm({ token })).body.code).toBe('core.account_inactive');
    await users.setActive(id, true);
    expect((await confirm({ token })).status).toBe(200);
  });

  it('does not go around a phone number that has to be proven', async () => {
    const { ask, confirm, mailbox, users } = await start({}, { phoneVerification: 'required' });
    await users.create({
      id: '01890a5d-ac96-774b-bcce-b302099a8057',
      email: EMAIL,
      emailVerified: true,
      phoneNumber: '+41446681800',
      createdAt: new Date(),
    });
    await ask();
    const answer = await confirm({ token: mailbox.lastToken(EMAIL) });
    expect([answer.status, answer.body.code]).toEqual([403, 'core.phone_not_verified']);
  });

  it('tells what happens, without secrets', async () => {
    const { ask, confirm, signUp, mailbox, events } = await start();
    const id = await signUp();
    events.length = 0;
    await ask();
    expect(events).toMatchObject([{ constructor: MagicLinkSent, userId: id, email: EMAIL }]);
    await confirm({ token: 'wrong' });
    await confirm({ token: mailbox.lastToken(EMAIL) });
    expect(events.map(({ constructor }) => constructor.name)).toEqual([
      'MagicLinkSent',
      'LoginFailed',
      'SessionsRevoked',
      'AddressClaimed',
      'EmailVerified',
      'MagicLinkRedeemed',
      'SessionCreated',
    ]);
    expect(events.find((event) => event instanceof MagicLinkRedeemed)).toMatchObject({
      userId: id,
      registered: false,
    });
    expect(events.at(-1)).toMatchObject({ methods: ['email'] });
  });
});
