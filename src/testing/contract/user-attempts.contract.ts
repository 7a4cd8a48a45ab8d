import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { UserRepository } from '../../modules/core/user/user.repository.js';
import { createUser, later, MINUTE_MS, NOW, type Ports, simultaneously } from './contract-store.js';

const POLICY = { maxAttempts: 3, durationMs: 15 * MINUTE_MS };
const ADA = { field: 'email', value: 'ada@example.com' } as const;

/** Counting password attempts and completing logins. */
export function describeUserAttempts(ports: Ports): void {
  const users = () => ports(UserRepository);
  const reserve = (now = NOW, policy = POLICY) => users().reserveLoginAttempt(ADA, policy, now);

  it('counts attempts; the one that reaches the maximum sets the lock, and is checked still', async () => {
    await createUser(ports, { email: 'Ada@example.com' });
    for (const attempts of [1, 2]) {
      expect(await reserve()).toMatchObject({
        locked: false,
        user: { failedLoginAttempts: attempts, lockedUntil: null },
      });
    }
    const lock = { failedLoginAttempts: 3, lockedUntil: later(POLICY.durationMs) };
    expect(await reserve()).toMatchObject({ locked: false, user: lock });
    // A locked account is counted no further, and its lock grows no longer.
    expect(await reserve(later(MINUTE_MS))).toMatchObject({ locked: true, user: lock });
    expect(await users().findByEmail('ada@example.com')).toMatchObject(lock);
  });

  it('starts over at one when the lock has expired, to the millisecond', async () => {
    await createUser(ports, { email: 'ada@example.com' });
    await simultaneously(3, () => reserve());
    expect(await reserve(later(POLICY.durationMs - 1))).toMatchObject({ locked: true });
    expect(await reserve(later(POLICY.durationMs))).toMatchObject({
      locked: false,
      user: { failedLoginAttempts: 1, lockedUntil: null },
    });
  });

  it('locks at the first attempt where one is the most, time and again', async () => {
    await createUser(ports, { email: 'ada@example.com' });
    const strict = { maxAttempts: 1, durationMs: MINUTE_MS };
    expect(await reserve(NOW, strict)).toMatchObject({
      locked: false,
      user: { lockedUntil: later(MINUTE_MS) },
    });
    expect(await reserve(NOW, strict)).toMatchObject({ locked: true });
    expect(await reserve(later(MINUTE_MS), strict)).toMatchObject({
      locked: false,
      user: { failedLoginAttempts: 1, lockedUntil: later(2 * MINUTE_MS) },
    });
  });

  it('lets no more attempts through than the maximum, of 20 at once', async () => {
    const { id } = await createUser(ports, { email: 'ada@example.com' });
    const reserved = await simultaneously(20, (index) =>
      index % 2 ? reserve() : users().reserveAttemptById(id, POLICY, NOW),
    );
    expect(reserved.filter((attempt) => attempt?.locked === false)).toHaveLength(POLICY.maxAttempts);
    expect(await users().findById(id)).toMatchObject({ failedLoginAttempts: POLICY.maxAttempts });
  });

  it('loses no count of 50', async () => {
    await createUser(ports, { email: 'ada@example.com' });
    const policy = { ...POLICY, maxAttempts: 1_000 };
    const counts = await simultaneously(
      50,
      async () => (await reserve(NOW, policy))?.user.failedLoginAttempts,
    );
    expect(counts.sort((a = 0, b = 0) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  });

  it('counts by every identifier, and on living accounts alone', async () => {
    const { id } = await createUser(ports, {
      email: 'ada@example.com',
      username: 'ada',
      phoneNumber: '+15550100001',
    });
    await reserve();
    await users().reserveLoginAttempt({ field: 'username', value: 'ada' }, POLICY, NOW);
    expect(
      await users().reserveLoginAttempt({ field: 'phone_number', value: '+15550100001' }, POLICY, NOW),
    ).toMatchObject({ user: { id, failedLoginAttempts: 3 } });
    await users().softDelete(id, NOW);
    expect(await reserve()).toBeNull();
    expect(await users().reserveAttemptById(id, POLICY, NOW)).toBeNull();
    expect(await users().reserveAttemptById(randomUUID(), POLICY, NOW)).toBeNull();
  });

  it('clears the counter without a login', async () => {
    const { id } = await createUser(ports, { email: 'ada@example.com' });
    await simultaneously(3, () => reserve());
    await users().clearLoginAttempts(id);
    expect(await users().findById(id)).toMatchObject({
      failedLoginAttempts: 0,
      lockedUntil: null,
      lastLoginAt: null,
      tokenVersion: 0,
    });
    await users().clearLoginAttempts(randomUUID());
  });
}
