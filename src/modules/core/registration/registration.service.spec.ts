import { afterEach, describe, expect, it } from '@jest/globals';
import { AccountFixture, atOnce, outcomes, PASSWORD } from '../../../../test/support/account-fixture.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { EmailVerified, UserRegistered } from '../core.events.js';
import { AddressVerificationService } from '../verification/address-verification.service.js';
import { UserRepository } from '../user/user.repository.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });

describe('sign-up where nothing has to be proven', () => {
  let fixture: AccountFixture;
  afterEach(() => fixture.close());

  it('creates the account at once, and mails the proof of its address', async () => {
    fixture = await AccountFixture.create();
    const result = await fixture.signUp({ email: ' Ada@EXAMPLE.com ', name: 'Ada' });
    expect(result).toMatchObject({
      status: 'registered',
      user: {
        email: 'Ada@example.com',
        emailVerified: false,
        username: 'ada',
        name: 'Ada',
        active: true,
        isSuperAdmin: false,
      },
    });
    const mail = await fixture.mailed('verify_email');
    expect(mail?.to).toBe('Ada@example.com');
    expect(fixture.mail.messages).toHaveLength(1);
    expect(fixture.emitted(UserRegistered)).toHaveLength(1);
    const confirmation = await fixture
      .get(AddressVerificationService)
      .confirmEmail({ token: mail?.token }, SYSTEM_CLIENT);
    expect(confirmation).toEqual({ status: 'verified', user: null });
    expect(await fixture.get(UserRepository).findByEmail('ada@example.com')).toMatchObject({
      emailVerified: true,
    });
    expect(await fixture.mailCount('welcome')).toBe(1);
  });

  it('makes one account of fifty sign-ups, however the address is written', async () => {
    fixture = await AccountFixture.create();
    const spellings = ['jörg@example.com', 'JÖRG@EXAMPLE.COM', 'jo\u0308rg@example.com', ' Jörg@Example.com'];
    const counts = await outcomes(atOnce(50, (index) => fixture.signUp({ email: spellings[index % 4] })));
    expect(counts).toEqual({ ok: 1, 'core.email_taken': 49 });
  });

  it('finds fifty usernames for fifty people of one name', async () => {
    fixture = await AccountFixture.create();
    const results = await Promise.all(
      atOnce(50, (index) => fixture.signUp({ email: `ada@example${index}.com` })),
    );
    const names = results.map((result) => (result.status === 'registered' ? result.user.username : null));
    expect(new Set(names).size).toBe(50);
    expect(names).toContain('ada');
  });

  it('refuses a username that is taken, in any case', async () => {
    fixture = await AccountFixture.create();
    await fixture.user({ username: 'Ada' });
    const counts = await outcomes(atOnce(20, () => fixture.signUp({ username: 'aDA' })));
    expect(counts).toEqual({ 'core.username_taken': 20 });
  });

  it('takes a phone number, or a username alone', async () => {
    fixture = await AccountFixture.create();
    expect(await fixture.user({ phoneNumber: '+41 44 668 18 00' })).toMatchObject({
      email: null,
      username: null,
      phoneNumber: '+41446681800',
    });
    expect(await fixture.texted('verify_phone')).toMatchObject({
      to: '+41446681800',
      code: expect.stringMatching(/^\d{6}$/),
    });
    expect(await fixture.user({ username: 'countess' })).toMatchObject({
      email: null,
      phoneNumber: null,
      username: 'countess',
    });
    await expect(fixture.signUp({ phoneNumber: '+41446681800' })).rejects.toEqual(
      refusal('phone_number_taken'),
    );
    await expect(fixture.signUp({ name: 'Ada' })).rejects.toEqual(refusal('identifier_required'));
  });

  it.each([
    ['password_too_short', { password: 'short' }],
    ['password_common', { password: 'password1' }],
    ['password_matches_identity', { password: 'ada.lovelace@example.com' }],
    ['invalid_email', { email: 'ada@' }],
    ['username_reserved', { username: 'admin' }],
  ])('refuses with %s', async (code, request) => {
    fixture = await AccountFixture.create();
    await expect(fixture.signUp({ email: 'ada.lovelace@example.com', ...request })).rejects.toEqual(
      refusal(code),
    );
    expect(await fixture.get(UserRepository).findByEmail('ada.lovelace@example.com')).toBeNull();
  });

  it.each([
    ['closed', 'registration_closed'],
    ['invite_only', 'registration_invite_only'],
  ] as const)('is refused where registration is %s', async (registration, code) => {
    fixture = await AccountFixture.create({ registration });
    await expect(fixture.signUp({ email: 'ada@example.com' })).rejects.toEqual(refusal(code));
  });

  it('works without a mail sender, and stores no mail then', async () => {
    fixture = await AccountFixture.create({ withMail: false });
    await fixture.user();
    expect(fixture.mail.messages).toHaveLength(0);
  });
});

describe('sign-up where the email address has to be proven', () => {
  let fixture: AccountFixture;
  const confirm = (proof: Parameters<AddressVerificationService['confirmEmail']>[0]) =>
    fixture.get(AddressVerificationService).confirmEmail(proof, SYSTEM_CLIENT);
  const create = async (options: Parameters<typeof AccountFixture.create>[0] = {}) => {
    fixture = await AccountFixture.create({ emailVerification: 'required', ...options });
  };
  const pend = async (request: Parameters<AccountFixture['signUp']>[0] = {}): Promise<string> => {
    const result = await fixture.signUp({ email: 'ada@example.com', ...request });
    if (result.status !== 'verification_required') throw new Error('The account exists already.');
    return result.registration.id;
  };
  afterEach(() => fixture.close());

  it('creates nothing before the proof', async () => {
    await create();
    await pend();
    expect(await fixture.mailed('confirm_registration')).toMatchObject({ to: 'ada@example.com' });
    expect(await fixture.get(UserRepository).findByEmail('ada@example.com')).toBeNull();
    expect(fixture.emitted(UserRegistered)).toHaveLength(0);
  });

  it('makes the account of one in fifty who use the link at once', async () => {
    await create();
    await pend({ username: 'countess' });
    const mail = await fixture.mailed('confirm_registration');
    const counts = await outcomes(atOnce(50, () => confirm({ token: mail?.token, password: PASSWORD })));
    // The password's budget of five lets no more than that many through before the first success clears it.
    expect(counts['ok']).toBe(1);
    expect(await fixture.get(UserRepository).findByEmail('ada@example.com')).toMatchObject({
      username: 'countess',
      emailVerified: true,
    });
    expect([fixture.emitted(UserRegistered).length, fixture.emitted(EmailVerified).length]).toEqual([1, 1]);
    expect(await fixture.mailCount('welcome')).toBe(1);
  });

  it('takes the code with the id of the registration', async () => {
    await create();
    const id = await pend();
    const mail = await fixture.mailed('confirm_registration');
    expect(await confirm({ registrationId: id, code: mail?.code, password: PASSWORD })).toMatchObject({
      status: 'registered',
      user: { email: 'ada@example.com' },
    });
  });

  it('answers alike for a taken address, and tells its owner', async () => {
    await create();
    await pend();
    await confirm({ token: (await fixture.mailed('confirm_registration'))?.token, password: PASSWORD });
    const again = await fixture.signUp({ email: 'ADA@example.com', password: 'quite another password' });
    expect(again).toMatchObject({ status: 'verification_required' });
    expect(await fixture.mailed('registration_address_taken')).toMatchObject({ to: 'ada@example.com' });
    expect(await fixture.mailCount('confirm_registration')).toBe(1);
  });

  it('gives the account to the first who proves the address, with their own password', async () => {
    await create();
    const theirs = await pend({ password: 'what somebody else chose', username: 'mallory' });
    const theirMail = await fixture.mailed('confirm_registration');
    await pend({ username: 'countess' });
    const mine = await fixture.mailed('confirm_registration');
    // Whoever reads the mailbox cannot activate a password that they did not choose.
    await expect(confirm({ token: theirMail?.token, password: PASSWORD })).rejects.toEqual(
      refusal('invalid_credentials'),
    );
    await confirm({ token: mine?.token, password: PASSWORD });
    await expect(confirm({ token: theirMail?.token, password: 'what somebody else chose' })).rejects.toEqual(
      refusal('invalid_code'),
    );
    await expect(
      confirm({ registrationId: theirs, code: theirMail?.code, password: 'what somebody else chose' }),
    ).rejects.toEqual(refusal('invalid_code'));
    expect(await fixture.get(UserRepository).findByUsername('mallory')).toBeNull();
  });

  it('makes one account when two sign-ups of one address are confirmed at once', async () => {
    await create();
    await pend({ username: 'first' });
    const first = await fixture.mailed('confirm_registration');
    await pend({ username: 'second' });
    const second = await fixture.mailed('confirm_registration');
    const counts = await outcomes(
      [first, second].map((mail) => confirm({ token: mail?.token, password: PASSWORD })),
    );
    expect(counts['ok']).toBe(1);
    expect(fixture.emitted(UserRegistered).filter(({ userId }) => userId)).toHaveLength(1);
  });

  it('does not consume the link for a wrong password, and counts five of them', async () => {
    await create();
    await pend();
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    const guesses = await outcomes(atOnce(20, () => confirm({ token, password: 'not the right one' })));
    expect(guesses).toEqual({ 'core.invalid_credentials': 5, 'core.too_many_attempts': 15 });
    fixture.clock.advance('1h');
    await confirm({ token, password: PASSWORD });
  });

  it('says that a sign-up’s link needs its password', async () => {
    await create();
    await pend();
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    await expect(confirm({ token })).rejects.toMatchObject({
      code: 'core.validation_failed',
      fields: [{ field: 'password' }],
    });
    await confirm({ token, password: PASSWORD });
  });

  it('takes another username for one that was lost, without consuming the link', async () => {
    await create();
    await pend({ username: 'countess' });
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    await pend({ email: 'eve@example.com', username: 'Countess' });
    await confirm({ token: (await fixture.mailed('confirm_registration'))?.token, password: PASSWORD });
    await expect(confirm({ token, password: PASSWORD })).rejects.toEqual(refusal('username_taken'));
    await expect(confirm({ token, password: PASSWORD, username: 'root' })).rejects.toEqual(
      refusal('username_reserved'),
    );
    expect(await confirm({ token, password: PASSWORD, username: 'ada' })).toMatchObject({
      user: { username: 'ada' },
    });
  });

  it('lets a sign-up lapse after a day', async () => {
    await create();
    await pend();
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    fixture.clock.advance('24h');
    await expect(confirm({ token, password: PASSWORD })).rejects.toEqual(refusal('invalid_code'));
  });

  it('sends the secret again, for one sign-up or the newest of the address', async () => {
    await create();
    const first = await pend();
    const mail = await fixture.mailed('confirm_registration');
    await fixture.get(AddressVerificationService).requestEmail('ada@example.com', { registrationId: first });
    const again = await fixture.mailed('confirm_registration');
    await expect(confirm({ token: mail?.token, password: PASSWORD })).rejects.toEqual(
      refusal('invalid_code'),
    );
    fixture.clock.advance('1m');
    await fixture.get(AddressVerificationService).requestEmail('Ada@example.com');
    const newest = await fixture.mailed('confirm_registration');
    expect(newest?.token).not.toBe(again?.token);
    // Somebody else's registration cannot be sent to another address.
    fixture.clock.advance('1m');
    await fixture.get(AddressVerificationService).requestEmail('eve@example.com', { registrationId: first });
    expect(await fixture.mailCount('confirm_registration')).toBe(3);
    await confirm({ token: newest?.token, password: PASSWORD });
  });

  it('limits the mails that sign-ups send to one address', async () => {
    await create();
    const counts = await outcomes(atOnce(20, () => fixture.signUp({ email: 'ada@example.com' })));
    expect(counts).toEqual({ ok: 5, 'core.rate_limited': 15 });
    expect(await fixture.mailCount('confirm_registration')).toBe(5);
  });

  it('is no way around the requirement without an email address', async () => {
    await create();
    await expect(fixture.signUp({ username: 'countess' })).rejects.toEqual(refusal('identifier_required'));
    await expect(fixture.signUp({ phoneNumber: '+41446681800' })).rejects.toEqual(
      refusal('identifier_required'),
    );
  });

  it('is refused alike where no mail can be sent', async () => {
    await create({ withMail: false });
    await expect(fixture.signUp({ email: 'ada@example.com' })).rejects.toEqual(refusal('sender_unavailable'));
  });

  it('leaves out an unproven phone number that was taken meanwhile', async () => {
    await create();
    await pend({ phoneNumber: '+41446681800' });
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    await pend({ email: 'eve@example.com', phoneNumber: '+41446681800' });
    await confirm({ token: (await fixture.mailed('confirm_registration'))?.token, password: PASSWORD });
    expect(await confirm({ token, password: PASSWORD })).toMatchObject({
      user: { email: 'ada@example.com', phoneNumber: null },
    });
    await expect(fixture.signUp({ email: 'kim@example.com', phoneNumber: '+41446681800' })).rejects.toEqual(
      refusal('phone_number_taken'),
    );
  });
});

describe('sign-up where the phone number has to be proven', () => {
  let fixture: AccountFixture;
  afterEach(() => fixture.close());

  it('creates the account with the code', async () => {
    fixture = await AccountFixture.create({ phoneVerification: 'required' });
    const result = await fixture.signUp({ phoneNumber: '+41446681800', email: 'ada@example.com' });
    if (result.status !== 'verification_required') throw new Error('The account exists already.');
    const { code } = (await fixture.texted('confirm_registration')) ?? {};
    const proof = { registrationId: result.registration.id, code, password: PASSWORD };
    const { user } = await fixture.get(AddressVerificationService).confirmPhone(proof, SYSTEM_CLIENT);
    expect(user).toMatchObject({
      phoneNumber: '+41446681800',
      phoneNumberVerified: true,
      email: 'ada@example.com',
      emailVerified: false,
    });
    expect(await fixture.mailed('verify_email')).toMatchObject({ to: 'ada@example.com' });
  });

  it('puts the number on the account by its own proof, where the email address came first', async () => {
    fixture = await AccountFixture.create({ phoneVerification: 'required', emailVerification: 'required' });
    await fixture.signUp({ phoneNumber: '+41446681800', email: 'ada@example.com' });
    const { token } = (await fixture.mailed('confirm_registration')) ?? {};
    const { user } = await fixture
      .get(AddressVerificationService)
      .confirmEmail({ token, password: PASSWORD }, SYSTEM_CLIENT);
    expect(user).toMatchObject({ email: 'ada@example.com', emailVerified: true, phoneNumber: null });
    expect(await fixture.texted('confirm_phone_change')).toMatchObject({ to: '+41446681800' });
  });
});
