import { randomBytes, randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { DiscoveryModule } from '@nestjs/core';
import { coreOptions } from '../../../../test/support/sign-in-fixture.js';
import { DecryptionError } from '../../../shared/crypto/aes-gcm.js';
import { KeyRing } from '../../../shared/crypto/key-ring.js';
import { inMemoryStorage } from '../../../shared/persistence/in-memory-storage.js';
import { FakeClock } from '../../../shared/time/fake-clock.js';
import { CORE_REPOSITORIES, UserRepository } from '../../core/index.js';
import { TWO_FACTOR_REPOSITORIES } from '../two-factor.repositories.js';
import { SecretRenewalTask } from './secret-renewal.task.js';
import { totpCode } from './totp.js';
import { TotpSecrets } from './totp-secrets.js';
import { TwoFactorRepository } from './two-factor.repository.js';

const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const [olderKey, newerKey] = [key('older'), key('newer')];
const clock = new FakeClock(new Date('2026-01-01T12:00:00Z'));
const under = (...keys: string[]): TotpSecrets =>
  new TotpSecrets(clock, coreOptions({ secrets: KeyRing.parse(keys.join(',')) }));
const older = under(olderKey);

describe(SecretRenewalTask, () => {
  let factors: TwoFactorRepository;
  let users: UserRepository;

  beforeEach(async () => {
    const storage = inMemoryStorage();
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule, storage.module],
      providers: storage.bind([...CORE_REPOSITORIES, ...TWO_FACTOR_REPOSITORIES]),
    }).compile();
    // What cannot be read is logged.
    module.useLogger(false);
    factors = module.get(TwoFactorRepository);
    users = module.get(UserRepository);
  });

  /** An account with a secret under the older key, confirmed and with another one that waits. */
  const enrol = async (): Promise<{ userId: string; secret: string }> => {
    const userId = randomUUID();
    const created = await users.create({ id: userId, username: `u${userId}`, createdAt: clock.now() });
    if (!('user' in created)) throw new Error('The name is taken.');
    const { secret, sealed } = older.create(created.user);
    const pending = { id: randomUUID(), userId, pendingSecret: sealed, now: clock.now() };
    await factors.begin(pending);
    const confirmed = { userId, pendingSecret: sealed, step: 1, begunAfter: new Date(0), now: clock.now() };
    await factors.confirm(confirmed);
    await factors.begin({ ...pending, pendingSecret: older.create(created.user).sealed });
    return { userId, secret };
  };

  it('makes an older key dispensable, however often it runs and where one row is broken', async () => {
    const accounts = await Promise.all(Array.from({ length: 120 }, enrol));
    const broken = await enrol();
    const [row] = await factors.findByUserId(broken.userId);
    if (!row) throw new Error('There is a row.');
    await factors.reseal(row, { secret: row.secret, pendingSecret: accounts[0]?.secret ?? '' });

    const task = new SecretRenewalTask(factors, under(newerKey, olderKey));
    await Promise.all([task.run(), task.run()]);
    await task.run();

    const secrets = under(newerKey);
    for (const { userId, secret } of accounts) {
      const [factor] = await factors.findByUserId(userId);
      expect(factor?.pendingSecret).toMatch(/^v1\.newer\./);
      const code = totpCode(secret, clock.now());
      expect(secrets.step(userId, factor?.secret ?? '', code)).toBe(clock.now().getTime() / 30_000);
    }
    expect(await factors.findByUserId(broken.userId)).toMatchObject([{ secret: row.secret }]);
  });

  it('looks at nothing where there is one key', async () => {
    const { userId } = await enrol();
    await new SecretRenewalTask(factors, under(newerKey)).run();
    const [factor] = await factors.findByUserId(userId);
    expect(factor?.secret).not.toMatch(/^v1\.newer\./);
  });

  it('reads no secret of another user', async () => {
    const [ada, eve] = [await enrol(), await enrol()];
    const [factor] = await factors.findByUserId(ada.userId);
    const code = totpCode(ada.secret, clock.now());
    expect(older.step(ada.userId, factor?.secret ?? '', code)).not.toBeNull();
    expect(() => older.step(eve.userId, factor?.secret ?? '', code)).toThrow(DecryptionError);
  });
});
