import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, Module } from '@nestjs/common';
import { AuthEvent } from '../../shared/events/auth-event.js';
import { EventBus } from '../../shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../shared/http/client-info.js';
import { createTestAuth, type TestAuth, type TestAuthOptions } from '../../testing/index.js';
import {
  AccountRemovalService,
  AddressClaim,
  DemandsTwoFactor,
  MaintenanceRunner,
  type SignInResult,
  SignInService,
  TwoFactorPolicy,
  type UserRecord,
  UserRepository,
} from '../core/index.js';
import { totpCode } from './factor/totp.js';
import { BackupCodeRepository } from './backup-code/backup-code.repository.js';
import { TwoFactorRepository } from './factor/two-factor.repository.js';
import { TrustedDevicesService } from './trusted-device/trusted-devices.service.js';
import { TrustedDeviceRepository } from './trusted-device/trusted-device.repository.js';
import { TwoFactorReset } from './two-factor-reset.service.js';
import { twoFactor } from './two-factor.module.js';
import type { TwoFactorOptions } from './two-factor.options.js';

const ADA = { email: 'ada@example.com', password: 'a gatehouse of 7 towers' };
let auth: TestAuth;

afterEach(() => auth.close());

async function start(options: Partial<TwoFactorOptions> = {}, rest: TestAuthOptions = {}) {
  auth = await createTestAuth({ modules: [twoFactor(options)], ...rest });
  const events: AuthEvent[] = [];
  get(EventBus).on(AuthEvent, 'after_commit', (event) => void events.push(event));
  const { body } = await auth.api.post('/signup', ADA);
  const login = await auth.api.post('/login', ADA);
  return { userId: body.user.id, token: login.body.access_token, events };
}

function get<T>(token: abstract new (...args: never[]) => T): T {
  return auth.app.get<T>(token, { strict: false });
}

async function account(userId: string): Promise<UserRecord> {
  const user = await get(UserRepository).findById(userId);
  if (!user) throw new Error('The account is gone.');
  return user;
}

async function enrolTotp(token: string): Promise<string> {
  const { body } = await auth.api.post('/two-factor/totp/enrol', {}, { token });
  const secret = String(body['secret']);
  const code = totpCode(secret, auth.clock.now());
  expect((await auth.api.post('/two-factor/totp/confirm', { code }, { token })).status).toBe(200);
  return secret;
}

async function enrolEmail(token: string): Promise<void> {
  await auth.api.post('/two-factor/email/enrol', {}, { token });
  await auth.drainOutbox();
  const code = auth.mailbox.lastCode(ADA.email);
  expect((await auth.api.post('/two-factor/email/confirm', { code }, { token })).status).toBe(200);
}

async function signIn(userId: string, methods: readonly string[]): Promise<SignInResult> {
  return get(SignInService).signIn(await account(userId), { methods }, SYSTEM_CLIENT);
}

const challengesOf = (result: SignInResult) => 'challenges' in result && result.challenges;
const named = (events: readonly AuthEvent[], name: string) =>
  events.filter((event) => event.constructor.name === name);

@DemandsTwoFactor({ order: 1 })
@Injectable()
class SomeNeedIt extends TwoFactorPolicy {
  readonly some = new Set<string>();

  override isRequired({ id }: UserRecord): boolean {
    return this.some.has(id);
  }
}

@Module({ providers: [SomeNeedIt] })
class HostModule {}

describe('the gate', () => {
  it('takes no first factor for a second, however the user came in', async () => {
    const { userId, token } = await start();
    await enrolTotp(token);
    await enrolEmail(token);
    const all = ['totp', 'email', 'backup_code'];
    for (const methods of [['pwd'], ['otp'], ['sms'], ['swk']]) {
      const expected = methods.includes('otp') ? ['email', 'backup_code'] : all;
      expect(challengesOf(await signIn(userId, methods))).toEqual([
        { type: 'two_factor', methods: expected },
      ]);
    }
    // A code to the mailbox that the link went to would prove nothing more.
    expect(challengesOf(await signIn(userId, ['email']))).toEqual([
      { type: 'two_factor', methods: ['totp', 'backup_code'] },
    ]);
    expect((await signIn(userId, ['pwd', 'otp', 'mfa'])).status).toBe('authenticated');
  });

  it('lets a policy of the host demand a second factor of single users', async () => {
    const { userId, token } = await start({ policy: 'off', methods: ['sms'] }, { imports: [HostModule] });
    get(SomeNeedIt).some.add(userId);
    expect((await auth.api.get('/two-factor', { token })).body['policy']).toBe('required');
    expect(challengesOf(await signIn(userId, ['pwd']))).toEqual([
      { type: 'two_factor', methods: [], enrol: ['totp'] },
    ]);
    await enrolTotp(token);
    const removal = { password: ADA.password };
    expect((await auth.api.post('/two-factor/disable', removal, { token })).body.code).toBe(
      'two_factor.required',
    );
    const eve = { ...ADA, email: 'eve@example.com' };
    await auth.api.post('/signup', eve);
    expect((await auth.api.post('/login', eve)).body['status']).toBe('authenticated');
  });

  it('tells nobody without a second factor apart from an account without the module', async () => {
    const { userId } = await start();
    expect((await signIn(userId, ['pwd'])).status).toBe('authenticated');
  });
});

describe('losing factors', () => {
  it('is what an administrator’s reset is for: told to events and to the user', async () => {
    const { userId, token, events } = await start();
    await enrolTotp(token);
    const device = await get(TrustedDevicesService).trust(await account(userId), null, SYSTEM_CLIENT);
    expect(device?.token).toHaveLength(43);
    const order = { actorId: 'an administrator', reason: 'lost phone' };
    await get(TwoFactorReset).reset(userId, order, SYSTEM_CLIENT);
    await get(TwoFactorReset).reset(userId, order, SYSTEM_CLIENT);
    expect(named(events, 'TwoFactorCleared')).toEqual([
      expect.objectContaining({ userId, methods: ['totp'], ...order }),
    ]);
    expect(named(events, 'DeviceTrustEnded')).toHaveLength(1);
    await auth.drainOutbox();
    expect(auth.mailbox.mailTo(ADA.email, 'two_factor_reset')).toHaveLength(1);
    expect((await signIn(userId, ['pwd'])).status).toBe('authenticated');
    expect(await get(BackupCodeRepository).findByUserId(userId)).toEqual([]);
  });

  it('comes with an address that somebody else proves', async () => {
    const { userId, token, events } = await start();
    await enrolTotp(token);
    const address = { field: 'email', value: ADA.email } as const;
    await get(AddressClaim).claim(await account(userId), address, SYSTEM_CLIENT);
    expect(named(events, 'TwoFactorDisabled')).toMatchObject([{ userId, methods: ['totp'] }]);
    expect(await get(TwoFactorRepository).findByUserId(userId)).toEqual([]);
    expect((await signIn(userId, ['email'])).status).toBe('authenticated');
  });

  it('does not come with a restored account, and leaves nothing of an erased one', async () => {
    const { userId, token } = await start();
    await enrolTotp(token);
    await get(TrustedDevicesService).trust(await account(userId), null, SYSTEM_CLIENT);
    const removal = get(AccountRemovalService);
    await removal.softDelete(userId, SYSTEM_CLIENT);
    expect(await get(TrustedDeviceRepository).removeAll(userId, auth.clock.now())).toEqual([]);
    await removal.restore(userId, SYSTEM_CLIENT);
    expect((await signIn(userId, ['pwd'])).status).toBe('challenge_required');
    await removal.hardDelete(userId, SYSTEM_CLIENT);
    expect(await get(TwoFactorRepository).findByUserId(userId)).toEqual([]);
    expect(await get(BackupCodeRepository).findByUserId(userId)).toEqual([]);
  });
});

describe('a device', () => {
  it('is not trusted by a sign-in that a new password, or the loss of the factor, has overtaken', async () => {
    const { userId, token } = await start();
    await enrolTotp(token);
    const before = await account(userId);
    const change = { current_password: ADA.password, new_password: 'another gate with 9 bolts' };
    expect((await auth.api.post('/me/password', change, { token })).status).toBe(204);
    expect(await get(TrustedDevicesService).trust(before, null, SYSTEM_CLIENT)).toBeNull();
    const order = { actorId: null, reason: 'lost phone' };
    await get(TwoFactorReset).reset(userId, order, SYSTEM_CLIENT);
    const now = await account(userId);
    expect(await get(TrustedDevicesService).trust(now, null, SYSTEM_CLIENT)).toBeNull();
    expect(await get(TrustedDeviceRepository).removeAll(userId, auth.clock.now())).toEqual([]);
  });
});

describe('maintenance', () => {
  it('forgets enrolments that were not confirmed, and devices after their time', async () => {
    const { userId, token } = await start({ trustedDeviceTtlMs: 60_000 });
    await enrolEmail(token);
    await auth.api.post('/two-factor/totp/enrol', {}, { token });
    await get(TrustedDevicesService).trust(await account(userId), null, SYSTEM_CLIENT);
    await get(MaintenanceRunner).run();
    const methods = async () =>
      (await get(TwoFactorRepository).findByUserId(userId)).map(({ method }) => method).sort();
    expect(await methods()).toEqual(['email', 'totp']);
    auth.clock.advance(25 * 60 * 60_000);
    await get(MaintenanceRunner).run();
    expect(await methods()).toEqual(['email']);
  });
});
