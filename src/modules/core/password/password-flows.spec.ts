import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccountFixture,
  atOnce,
  outcomes,
  PASSWORD,
  wrong,
} from '../../../../test/support/account-fixture.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { PasswordChanged, PasswordReset, SessionsRevoked } from '../core.events.js';
import { PasswordCheck } from '../login/password-check.js';
import { AccountLifecycleService } from '../user/account-lifecycle.service.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { AddressClaimed } from '../verification/address-claim.js';
import { PasswordHasher } from './password-hasher.js';
import { PasswordImport } from './password-import.js';
import { PasswordResetService } from './password-reset.service.js';
import { PasswordService } from './password.service.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });
const NEW_PASSWORD = 'another drawbridge entirely';
const NUMBER = '+41446681800';

let fixture: AccountFixture;
let ada: UserRecord;
const login = (password: string) =>
  fixture
    .get(PasswordCheck)
    .byIdentifier({ field: 'email', value: 'ada@example.com' }, password, SYSTEM_CLIENT);
beforeEach(async () => {
  fixture = await AccountFixture.create();
  ada = await fixture.user({ email: 'ada@example.com', phoneNumber: NUMBER });
});
afterEach(() => fixture.close());

describe('PasswordService', () => {
  const change = (
    currentPassword: string | undefined,
    newPassword: string,
    sessionId: string | null = null,
  ) =>
    fixture
      .get(PasswordService)
      .change(fixture.principal(ada, sessionId), { currentPassword, newPassword }, SYSTEM_CLIENT);

  it('keeps the session at hand and ends the others', async () => {
    const [mine, other] = [await fixture.session(ada), await fixture.session(ada)];
    await change(PASSWORD, NEW_PASSWORD, mine);
    expect([await fixture.endOf(mine), await fixture.endOf(other)]).toEqual([null, 'password_change']);
    const changed = await fixture.reload(ada);
    expect(fixture.emitted(SessionsRevoked).at(-1)).toMatchObject({
      all: { tokenVersion: changed.tokenVersion, kept: mine },
    });
    expect(fixture.emitted(PasswordChanged)).toHaveLength(1);
    expect(await fixture.mailed('password_changed')).toMatchObject({ to: 'ada@example.com' });
    await expect(login(PASSWORD)).rejects.toEqual(refusal('invalid_credentials'));
    await login(NEW_PASSWORD);
  });

  it('counts a wrong current password, and locks like a login', async () => {
    await expect(change(undefined, NEW_PASSWORD)).rejects.toEqual(refusal('current_password_required'));
    const counts = await outcomes(atOnce(8, () => change('not the right one', NEW_PASSWORD)));
    expect(counts).toEqual({ 'core.invalid_credentials': 5, 'core.locked': 3 });
    await expect(login(PASSWORD)).rejects.toEqual(refusal('locked'));
  });

  it.each([
    ['password_too_short', 'short'],
    ['password_common', 'password1'],
    ['password_matches_identity', 'ada@example.com'],
  ])('refuses a new password with %s, and names its field', async (code, password) => {
    await expect(change(PASSWORD, password)).rejects.toMatchObject({
      code: `core.${code}`,
      fields: [{ field: 'new_password' }],
    });
    await login(PASSWORD);
  });

  it('sets a first password within ten minutes of signing in', async () => {
    await fixture.get(UserRepository).setPassword(ada.id, null);
    const principal = fixture.principal(ada);
    fixture.clock.advance(600_001);
    const set = (by: typeof principal) =>
      fixture.get(PasswordService).change(by, { newPassword: NEW_PASSWORD }, SYSTEM_CLIENT);
    await expect(set(principal)).rejects.toEqual(refusal('reauthentication_required'));
    await set(fixture.principal(ada));
    await login(NEW_PASSWORD);
  });

  it('lets one of two changes at once win, and leaves one password', async () => {
    const counts = await outcomes(atOnce(2, (index) => change(PASSWORD, `${NEW_PASSWORD} ${index}`)));
    expect(counts['ok']).toBe(1);
  });

  it('is told by text message where there is no email address, to a number that is proven', async () => {
    const users = fixture.get(UserRepository);
    const [bob, eve] = [
      await fixture.user({ phoneNumber: '+41446681801' }),
      await fixture.user({ phoneNumber: '+41446681802' }),
    ];
    await users.verifyPhoneNumber(bob.id, '+41446681801');
    const { length: mails } = fixture.mail.messages;
    for (const { id } of [bob, eve]) {
      const request = { currentPassword: PASSWORD, newPassword: NEW_PASSWORD };
      const principal = fixture.principal(await fixture.reload({ id }));
      await fixture.get(PasswordService).change(principal, request, SYSTEM_CLIENT);
      await fixture.get(PasswordService).setByAdmin(id, 'another gate with 9 bolts', SYSTEM_CLIENT);
    }
    await fixture.settle();
    const told = fixture.sms.messages.filter(({ purpose }) => purpose.startsWith('password_'));
    expect(told.map(({ to, purpose }) => [to, purpose])).toEqual([
      ['+41446681801', 'password_changed'],
      ['+41446681801', 'password_set_by_admin'],
    ]);
    expect(fixture.mail.messages).toHaveLength(mails);
  });

  it('lets others set one, which ends every session and is told', async () => {
    const sessionId = await fixture.session(ada);
    await expect(fixture.get(PasswordService).setByAdmin(ada.id, 'password1', SYSTEM_CLIENT)).rejects.toEqual(
      refusal('password_common'),
    );
    await fixture.get(PasswordService).setByAdmin(ada.id, NEW_PASSWORD, SYSTEM_CLIENT);
    expect(await fixture.endOf(sessionId)).toBe('admin_set_password');
    expect(await fixture.mailed('password_set_by_admin')).toMatchObject({ to: 'ada@example.com' });
  });
});

describe('PasswordResetService', () => {
  let resets: PasswordResetService;
  beforeEach(() => {
    resets = fixture.get(PasswordResetService);
  });
  const forget = async () => {
    await resets.request({ email: 'ada@example.com' });
    const mail = await fixture.mailed('password_reset');
    if (!mail) throw new Error('No mail was sent.');
    return mail;
  };

  it('replaces the password once, of fifty, and ends every session', async () => {
    const sessionId = await fixture.session(ada);
    const { token } = await forget();
    const counts = await outcomes(atOnce(50, () => resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT)));
    expect(counts).toEqual({ ok: 1, 'core.invalid_code': 49 });
    expect(await fixture.endOf(sessionId)).toBe('password_reset');
    expect(fixture.emitted(PasswordReset)).toHaveLength(1);
    expect(await fixture.mailCount('password_changed')).toBe(1);
    await login(NEW_PASSWORD);
  });

  it('proves an address that was not, and voids what its stranger had', async () => {
    const { token } = await forget();
    await resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT);
    expect(await fixture.reload(ada)).toMatchObject({ emailVerified: true });
    expect(fixture.emitted(AddressClaimed)).toHaveLength(1);
    fixture.clock.advance('1m');
    const again = await forget();
    const sessionId = await fixture.session(await fixture.reload(ada));
    await resets.reset({ token: again.token }, PASSWORD, SYSTEM_CLIENT);
    expect(fixture.emitted(AddressClaimed)).toHaveLength(1);
    expect(await fixture.endOf(sessionId)).toBe('password_reset');
  });

  it('does not consume the secret for a password that is refused', async () => {
    const { token, code } = await forget();
    for (const password of ['short', 'password1', 'ada@example.com']) {
      await expect(resets.reset({ token }, password, SYSTEM_CLIENT)).rejects.toMatchObject({
        status: 400,
        fields: [{ field: 'password' }],
      });
    }
    await resets.reset({ email: 'ADA@example.com', code }, NEW_PASSWORD, SYSTEM_CLIENT);
    await expect(resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
  });

  it('clears the lock', async () => {
    await outcomes(atOnce(6, () => login('not the right one')));
    await expect(login(PASSWORD)).rejects.toEqual(refusal('locked'));
    const { token } = await forget();
    await resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT);
    await login(NEW_PASSWORD);
  });

  it('answers alike for addresses that nobody has, and for their codes', async () => {
    const { code } = await forget();
    await resets.request({ email: 'nobody@example.com' });
    await fixture.settle();
    expect(fixture.mail.messages.some(({ to }) => to === 'nobody@example.com')).toBe(false);
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      const counts: string[] = [];
      for (let guess = 0; guess < 7; guess += 1) {
        const refused = await resets
          .reset({ email, code: wrong(code) }, NEW_PASSWORD, SYSTEM_CLIENT)
          .catch((error: unknown) => error);
        counts.push((refused as { code: string }).code);
      }
      expect(counts).toEqual([
        ...Array(5).fill('core.invalid_code'),
        'core.too_many_attempts',
        'core.too_many_attempts',
      ]);
    }
  });

  it('lapses after an hour, its code after ten minutes', async () => {
    const { token, code } = await forget();
    fixture.clock.advance('10m');
    await expect(
      resets.reset({ email: 'ada@example.com', code }, NEW_PASSWORD, SYSTEM_CLIENT),
    ).rejects.toEqual(refusal('invalid_code'));
    fixture.clock.advance('50m');
    await expect(resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
  });

  it('takes a phone number that was proven, with a code or a link', async () => {
    await fixture.get(UserRepository).verifyPhoneNumber(ada.id, NUMBER);
    await resets.request({ phoneNumber: NUMBER }, { withLink: true });
    const text = await fixture.texted('password_reset');
    expect(text?.text).toMatch(/https:\/\/auth\.example\.com\/auth\/pages\/reset-password#token=/);
    await resets.reset({ phoneNumber: '+41 44 668 18 00', code: text?.code }, NEW_PASSWORD, SYSTEM_CLIENT);
    await login(NEW_PASSWORD);
  });

  it('does not open an account to a number that nobody proved, beside an address that somebody did', async () => {
    await fixture.get(UserRepository).verifyEmail(ada.id, 'ada@example.com');
    await resets.request({ phoneNumber: NUMBER });
    expect(await fixture.texted('password_reset')).toBeUndefined();
  });

  it('gives nothing to an account that may not act', async () => {
    const { token } = await forget();
    await fixture.get(UserRepository).setActive(ada.id, false);
    await expect(resets.reset({ token }, NEW_PASSWORD, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('account_inactive'),
    );
    await fixture.get(AccountLifecycleService).ban(ada.id, {}, SYSTEM_CLIENT);
    fixture.clock.advance('1m');
    await resets.request({ email: 'ada@example.com' });
    expect(await fixture.mailCount('password_reset')).toBe(1);
  });

  it.each([[{}], [{ token: 'x', code: '123456' }], [{ email: 'ada@example.com' }], [{ code: '123456' }]])(
    'refuses %j',
    async (proof) => {
      await expect(resets.reset(proof, NEW_PASSWORD, SYSTEM_CLIENT)).rejects.toEqual(
        refusal('validation_failed'),
      );
    },
  );

  it('wants one address, and a sender', async () => {
    await expect(resets.request({})).rejects.toEqual(refusal('identifier_required'));
    await expect(resets.request({ email: 'ada@example.com', phoneNumber: NUMBER })).rejects.toEqual(
      refusal('identifier_required'),
    );
    const mute = await AccountFixture.create({ withMail: false });
    await expect(mute.get(PasswordResetService).request({ email: 'nobody@example.com' })).rejects.toEqual(
      refusal('sender_unavailable'),
    );
    await mute.close();
  });
});

describe('PasswordImport', () => {
  it('takes a supported hash, and ends the sessions', async () => {
    const sessionId = await fixture.session(ada);
    const hash = await fixture.get(PasswordHasher).hash(NEW_PASSWORD);
    await fixture.get(PasswordImport).importPasswordHash(ada.id, hash, SYSTEM_CLIENT);
    expect(await fixture.endOf(sessionId)).toBe('admin_set_password');
    await login(NEW_PASSWORD);
  });

  it.each([
    '',
    'plain text',
    '$2b$20$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234',
    '$argon2id$v=19$m=8388608,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNoaGFzaA',
  ])('refuses %j at once', async (hash) => {
    const started = performance.now();
    await expect(fixture.get(PasswordImport).importPasswordHash(ada.id, hash, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('unsupported_password_hash'),
    );
    expect(performance.now() - started).toBeLessThan(100);
    await login(PASSWORD);
  });
});
