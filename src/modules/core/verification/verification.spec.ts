import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  AccountFixture,
  atOnce,
  outcomes,
  PASSWORD,
  wrong,
} from '../../../../test/support/account-fixture.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { EmailChanged, EmailVerified, PhoneNumberChanged } from '../core.events.js';
import { AccountLifecycleService } from '../user/account-lifecycle.service.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { UserService } from '../user/user.service.js';
import { AddressClaim, AddressClaimed } from './address-claim.js';
import { AddressVerificationService } from './address-verification.service.js';
import { EmailChangeService } from './email-change.service.js';
import { PhoneChangeService } from './phone-change.service.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });
const NUMBER = '+41446681800';
const OTHER_NUMBER = '+41446681801';

let fixture: AccountFixture;
let ada: UserRecord;
beforeEach(async () => {
  fixture = await AccountFixture.create();
  ada = await fixture.user({ email: 'ada@example.com', phoneNumber: NUMBER });
});
afterEach(() => fixture.close());

describe('AddressVerificationService', () => {
  let verification: AddressVerificationService;
  beforeEach(() => {
    verification = fixture.get(AddressVerificationService);
  });

  it('verifies once, of fifty', async () => {
    const { token } = (await fixture.mailed('verify_email')) ?? {};
    const counts = await outcomes(atOnce(50, () => verification.confirmEmail({ token }, SYSTEM_CLIENT)));
    expect(counts).toEqual({ ok: 1, 'core.invalid_code': 49 });
    expect(fixture.emitted(EmailVerified)).toHaveLength(1);
    expect(await fixture.mailCount('welcome')).toBe(1);
  });

  it('takes the code with the address, however it is written', async () => {
    const { code = '' } = (await fixture.mailed('verify_email')) ?? {};
    await expect(
      verification.confirmEmail({ email: 'eve@example.com', code }, SYSTEM_CLIENT),
    ).rejects.toEqual(refusal('invalid_code'));
    await expect(
      verification.confirmEmail({ email: 'ada@example.com', code: wrong(code) }, SYSTEM_CLIENT),
    ).rejects.toEqual(refusal('invalid_code'));
    await verification.confirmEmail({ email: 'ADA@Example.com', code }, SYSTEM_CLIENT);
    expect(await fixture.reload(ada)).toMatchObject({ emailVerified: true });
  });

  it('takes a phone number’s code, for ten minutes', async () => {
    const { code = '' } = (await fixture.texted('verify_phone')) ?? {};
    fixture.clock.advance(600_001);
    await expect(verification.confirmPhone({ phoneNumber: NUMBER, code }, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
    await verification.requestPhone(NUMBER);
    const again = (await fixture.texted('verify_phone')) ?? { code: '' };
    await verification.confirmPhone({ phoneNumber: '+41 44 668 18 00', code: again.code }, SYSTEM_CLIENT);
    expect(await fixture.reload(ada)).toMatchObject({ phoneNumberVerified: true });
  });

  it('answers alike for addresses that are known, unknown and verified, and writes to none but the first', async () => {
    fixture.mail.clear();
    for (const email of ['ada@example.com', 'nobody@example.com']) {
      await expect(verification.requestEmail(email)).resolves.toBeUndefined();
      await expect(verification.requestEmail(email)).rejects.toMatchObject({
        code: 'core.rate_limited',
        retryAfterSeconds: 60,
      });
    }
    await fixture.settle();
    expect(fixture.mail.messages.map(({ to }) => to)).toEqual(['ada@example.com']);
    await verification.confirmEmail({ token: (await fixture.mailed('verify_email'))?.token }, SYSTEM_CLIENT);
    fixture.clock.advance('1m');
    await verification.requestEmail('ada@example.com');
    expect(await fixture.mailCount('verify_email')).toBe(1);
  });

  it('says what is missing', async () => {
    for (const proof of [{}, { code: '123456' }, { email: 'ada@example.com' }]) {
      await expect(verification.confirmEmail(proof, SYSTEM_CLIENT)).rejects.toEqual(
        refusal('validation_failed'),
      );
    }
  });

  it.each([['email'], ['phone']])('is refused alike where nothing can be sent by %s', async (kind) => {
    const mute = await AccountFixture.create({ withMail: false, withSms: false });
    const service = mute.get(AddressVerificationService);
    const asked =
      kind === 'email' ? service.requestEmail('nobody@example.com') : service.requestPhone(NUMBER);
    await expect(asked).rejects.toMatchObject({ code: 'core.sender_unavailable', status: 503 });
    await mute.close();
  });
});

describe('EmailChangeService', () => {
  let changes: EmailChangeService;
  beforeEach(() => {
    changes = fixture.get(EmailChangeService);
    fixture.mail.clear();
  });
  const request = (email: string, password?: string) =>
    changes.request(fixture.principal(ada), { email, password }, SYSTEM_CLIENT);

  it('counts the new address once it is proven, and tells the old one twice', async () => {
    await request('countess@example.com');
    const mail = await fixture.mailed('confirm_email_change');
    expect(mail?.to).toBe('countess@example.com');
    expect(await fixture.mailed('email_change_requested')).toMatchObject({ to: 'ada@example.com' });
    expect(await fixture.reload(ada)).toMatchObject({ email: 'ada@example.com' });
    expect(await fixture.get(UserService).getPendingChanges(ada.id)).toEqual({
      email: 'countess@example.com',
      phoneNumber: null,
    });
    const counts = await outcomes(
      atOnce(50, () => changes.confirm(undefined, { token: mail?.token }, SYSTEM_CLIENT)),
    );
    expect(counts).toEqual({ ok: 1, 'core.invalid_code': 49 });
    expect(await fixture.reload(ada)).toMatchObject({ email: 'countess@example.com', emailVerified: true });
    expect(await fixture.mailed('email_changed')).toMatchObject({ to: 'ada@example.com' });
    expect(await fixture.get(UserService).getPendingChanges(ada.id)).toEqual({
      email: null,
      phoneNumber: null,
    });
    expect(fixture.emitted(EmailChanged)).toHaveLength(1);
  });

  it('takes the code in a session of the account alone', async () => {
    const eve = await fixture.user({ email: 'eve@example.com' });
    await request('countess@example.com');
    const { code } = (await fixture.mailed('confirm_email_change')) ?? {};
    await expect(changes.confirm(undefined, { code }, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('unauthenticated'),
    );
    await expect(changes.confirm(fixture.principal(eve), { code }, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
    expect(await changes.confirm(fixture.principal(ada), { code }, SYSTEM_CLIENT)).toEqual({
      email: 'countess@example.com',
    });
  });

  it('wants the password, or a recent sign-in', async () => {
    const principal = fixture.principal(ada);
    fixture.clock.advance(600_001);
    const ask = (password?: string) =>
      changes.request(principal, { email: 'countess@example.com', password }, SYSTEM_CLIENT);
    await expect(ask()).rejects.toEqual(refusal('reauthentication_required'));
    await expect(ask('not the right one')).rejects.toEqual(refusal('invalid_credentials'));
    expect(await fixture.reload(ada)).toMatchObject({ failedLoginAttempts: 1 });
    await ask(PASSWORD);
    expect(await fixture.reload(ada)).toMatchObject({ failedLoginAttempts: 0 });
  });

  it('does not tell before the proof that somebody has the address, and consumes nothing then', async () => {
    await fixture.user({ email: 'eve@example.com' });
    fixture.mail.clear();
    await request('eve@example.com');
    const { token } = (await fixture.mailed('confirm_email_change')) ?? {};
    for (let round = 0; round < 2; round += 1) {
      await expect(changes.confirm(undefined, { token }, SYSTEM_CLIENT)).rejects.toEqual(
        refusal('email_taken'),
      );
    }
    expect(await fixture.reload(ada)).toMatchObject({ email: 'ada@example.com' });
  });

  it('keeps one change at a time, and its secrets apart from those of the verification', async () => {
    await request('countess@example.com');
    const first = await fixture.mailed('confirm_email_change');
    await fixture.get(AddressVerificationService).requestEmail('ada@example.com');
    await fixture.settle();
    await expect(
      fixture.get(AddressVerificationService).confirmEmail({ token: first?.token }, SYSTEM_CLIENT),
    ).rejects.toEqual(refusal('invalid_code'));
    await request('lovelace@example.com');
    await expect(changes.confirm(undefined, { token: first?.token }, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
    const second = await fixture.mailed('confirm_email_change');
    await changes.confirm(undefined, { token: second?.token }, SYSTEM_CLIENT);
    expect(await fixture.reload(ada)).toMatchObject({ email: 'lovelace@example.com' });
  });

  it('refuses the address that the account has, and asks for one message a minute', async () => {
    await expect(request('ADA@example.com')).rejects.toEqual(refusal('email_unchanged'));
    await request('countess@example.com');
    await expect(request('countess@example.com')).rejects.toEqual(refusal('rate_limited'));
  });

  it('does not change the address of an account that may not act', async () => {
    await request('countess@example.com');
    const { token } = (await fixture.mailed('confirm_email_change')) ?? {};
    await fixture.get(AccountLifecycleService).ban(ada.id, {}, SYSTEM_CLIENT);
    await expect(changes.confirm(undefined, { token }, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
    expect(await fixture.reload(ada)).toMatchObject({ email: 'ada@example.com' });
  });
});

describe('PhoneChangeService', () => {
  it('counts the new number once it is proven, and tells the old one', async () => {
    const changes = fixture.get(PhoneChangeService);
    await changes.request(fixture.principal(ada), { phoneNumber: OTHER_NUMBER }, SYSTEM_CLIENT);
    const { code = '', to } = (await fixture.texted('confirm_phone_change')) ?? {};
    expect(to).toBe(OTHER_NUMBER);
    expect(await fixture.reload(ada)).toMatchObject({ phoneNumber: NUMBER });
    await expect(changes.confirm(fixture.principal(ada), wrong(code), SYSTEM_CLIENT)).rejects.toEqual(
      refusal('invalid_code'),
    );
    const counts = await outcomes(
      atOnce(4, () => changes.confirm(fixture.principal(ada), code, SYSTEM_CLIENT)),
    );
    expect(counts['ok']).toBe(1);
    expect(await fixture.reload(ada)).toMatchObject({ phoneNumber: OTHER_NUMBER, phoneNumberVerified: true });
    expect(await fixture.texted('phone_number_changed')).toMatchObject({ to: NUMBER });
    expect(await fixture.mailed('phone_number_changed')).toMatchObject({ to: 'ada@example.com' });
    expect(fixture.emitted(PhoneNumberChanged)).toHaveLength(1);
  });

  it('refuses a number that somebody else has, after its proof', async () => {
    await fixture.user({ phoneNumber: OTHER_NUMBER });
    const changes = fixture.get(PhoneChangeService);
    await changes.request(fixture.principal(ada), { phoneNumber: OTHER_NUMBER }, SYSTEM_CLIENT);
    const { code = '' } = (await fixture.texted('confirm_phone_change')) ?? {};
    await expect(changes.confirm(fixture.principal(ada), code, SYSTEM_CLIENT)).rejects.toEqual(
      refusal('phone_number_taken'),
    );
  });
});

describe('AddressClaim', () => {
  const claim = (user: UserRecord) =>
    fixture.get(AddressClaim).claim(user, { field: 'email', value: 'ada@example.com' }, SYSTEM_CLIENT);

  it('voids what somebody else may have set', async () => {
    const sessionId = await fixture.session(ada);
    const { token } = (await fixture.mailed('verify_email')) ?? {};
    expect(await claim(ada)).toMatchObject({ emailVerified: true, passwordHash: null });
    expect(await fixture.endOf(sessionId)).toBe('address_proven');
    expect(fixture.emitted(AddressClaimed)).toHaveLength(1);
    await expect(
      fixture.get(AddressVerificationService).confirmEmail({ token }, SYSTEM_CLIENT),
    ).rejects.toEqual(refusal('invalid_code'));
  });

  it('leaves an account alone whose address was proven', async () => {
    const verified = await fixture.get(UserRepository).verifyEmail(ada.id, 'ada@example.com');
    if (!verified) throw new Error('The address was not verified.');
    const sessionId = await fixture.session(verified);
    expect(await claim(verified)).toBe(verified);
    expect(await fixture.endOf(sessionId)).toBeNull();
  });
});
