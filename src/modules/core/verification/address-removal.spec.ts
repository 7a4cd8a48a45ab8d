import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFixture, atOnce, outcomes, PASSWORD } from '../../../../test/support/account-fixture.js';
import { SYSTEM_CLIENT } from '../../../shared/http/client-info.js';
import { EmailChanged, EmailRemoved, PhoneNumberRemoved } from '../core.events.js';
import { PasswordResetService } from '../password/password-reset.service.js';
import type { UserRecord } from '../user/user.js';
import { UserRepository } from '../user/user.repository.js';
import { AddressRemovalService } from './address-removal.service.js';
import { AddressVerificationService } from './address-verification.service.js';
import { EmailChangeService } from './email-change.service.js';

const refusal = (code: string) => expect.objectContaining({ code: `core.${code}` });
const NUMBER = '+41446681800';

describe(AddressRemovalService.name, () => {
  let fixture: AccountFixture;
  let ada: UserRecord;

  beforeEach(async () => {
    fixture = await AccountFixture.create();
    ada = await fixture.user({ email: 'ada@example.com', phoneNumber: NUMBER });
  });
  afterEach(() => fixture.close());

  const remove = (field: 'email' | 'phone_number', password?: string, principal = fixture.principal(ada)) =>
    fixture.get(AddressRemovalService).remove(principal, field, password, SYSTEM_CLIENT);

  it('takes the email address off, tells it, and frees it', async () => {
    await remove('email');
    expect(await fixture.reload(ada)).toMatchObject({ email: null, emailKey: null, emailVerified: false });
    expect(await fixture.mailed('email_removed')).toMatchObject({ to: 'ada@example.com' });
    expect([fixture.emitted(EmailRemoved), fixture.emitted(EmailChanged)]).toEqual([
      [expect.objectContaining({ userId: ada.id })],
      [expect.objectContaining({ userId: ada.id })],
    ]);
    expect(await fixture.get(UserRepository).isAvailable('email', 'ada@example.com')).toBe(true);
    await expect(remove('email')).rejects.toEqual(refusal('not_found'));
  });

  it('takes the number off, and tells it and the email address', async () => {
    await remove('phone_number');
    expect(await fixture.reload(ada)).toMatchObject({ phoneNumber: null, phoneNumberVerified: false });
    expect(await fixture.texted('phone_number_removed')).toMatchObject({ to: NUMBER });
    expect(await fixture.mailed('phone_number_removed')).toMatchObject({ to: 'ada@example.com' });
    expect(fixture.emitted(PhoneNumberRemoved)).toHaveLength(1);
  });

  it('voids what was sent to the address, and a change that waits', async () => {
    const verification = (await fixture.mailed('verify_email'))?.token;
    await fixture.get(PasswordResetService).request({ email: 'ada@example.com' });
    const reset = (await fixture.mailed('password_reset'))?.token;
    const changes = fixture.get(EmailChangeService);
    await changes.request(fixture.principal(ada), { email: 'countess@example.com' }, SYSTEM_CLIENT);
    const change = (await fixture.mailed('confirm_email_change'))?.token;
    await remove('email');
    const confirm = fixture.get(AddressVerificationService);
    for (const attempt of [
      confirm.confirmEmail({ token: verification }, SYSTEM_CLIENT),
      fixture.get(PasswordResetService).reset({ token: reset }, 'another gate with 9 bolts', SYSTEM_CLIENT),
      changes.confirm(undefined, { token: change }, SYSTEM_CLIENT),
    ])
      await expect(attempt).rejects.toEqual(refusal('invalid_code'));
    const { code = '' } = (await fixture.texted('verify_phone')) ?? {};
    await confirm.confirmPhone({ phoneNumber: NUMBER, code }, SYSTEM_CLIENT);
  });

  it('wants the password, or a recent sign-in', async () => {
    const principal = fixture.principal(ada);
    fixture.clock.advance(600_001);
    await expect(remove('email', undefined, principal)).rejects.toEqual(refusal('reauthentication_required'));
    await expect(remove('email', 'not the right one', principal)).rejects.toEqual(
      refusal('invalid_credentials'),
    );
    await remove('email', PASSWORD, principal);
    expect(await fixture.reload(ada)).toMatchObject({ email: null });
  });

  it('leaves the last way in, whoever comes first of two', async () => {
    const { id } = await fixture.user({ email: 'eve@example.com', phoneNumber: '+41446681801' });
    await fixture.get(UserRepository).setPassword(id, null);
    await fixture.get(UserRepository).verifyEmail(id, 'eve@example.com');
    await fixture.get(UserRepository).verifyPhoneNumber(id, '+41446681801');
    const principal = fixture.principal(await fixture.reload({ id }));
    const counts = await outcomes(
      atOnce(2, (index) => remove(index === 0 ? 'email' : 'phone_number', undefined, principal)),
    );
    expect(counts).toEqual({ ok: 1, 'core.last_sign_in_method': 1 });
  });

  it('lets no unproven number become the way to recover a proven account', async () => {
    await fixture.get(UserRepository).verifyEmail(ada.id, 'ada@example.com');
    await expect(remove('email')).rejects.toEqual(refusal('last_sign_in_method'));
    await remove('phone_number');
    // The username remains, with its password.
    await remove('email');
    expect(await fixture.reload(ada)).toMatchObject({ email: null, phoneNumber: null });
    expect(fixture.emitted(EmailRemoved)).toHaveLength(1);
  });
});
