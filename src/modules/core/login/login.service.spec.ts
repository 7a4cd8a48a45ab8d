import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  authenticated,
  CLIENT,
  CountingHasher,
  PASSWORD,
  signInFixture,
} from '../../../../test/support/sign-in-fixture.js';
import { DefaultPasswordHasher } from '../password/default-password-hasher.js';
import { BcryptFormat } from '../password/hash-formats/bcrypt.format.js';
import { GatesLogin, type LoginChallenge, LoginGate, type SignInAttempt } from '../extension/login-gate.js';
import { ContributesClaims, ClaimsContributor } from '../extension/claims-contributor.js';
import { sha256 } from '../../../shared/crypto/random.js';
import { LoginFailed } from '../core.events.js';

const WRONG = 'not the password';
const MINUTE = 60_000;

@Injectable()
@GatesLogin({ order: 2 })
class SecondFactor extends LoginGate {
  override evaluate({ methods }: SignInAttempt): Promise<LoginChallenge | null> {
    return Promise.resolve(methods.includes('otp') ? null : { type: 'two_factor', methods: ['totp'] });
  }
}

@Injectable()
@GatesLogin({ order: 1 })
class Terms extends LoginGate {
  override evaluate({ methods }: SignInAttempt): Promise<LoginChallenge | null> {
    return Promise.resolve(methods.includes('terms') ? null : { type: 'terms', methods: ['accept'] });
  }
}

describe('login', () => {
  it('takes email, username and phone number, as they are written', async () => {
    const { createUser, logins } = await signInFixture();
    const user = await createUser({
      email: 'Ada@Example.com',
      username: 'Ada.L',
      phoneNumber: '+41446681800',
    });
    const names = [
      ...[{ email: ' ada@EXAMPLE.com ' }, { username: 'ADA.l' }, { phone_number: '+41 44 668 18 00' }],
      ...['ADA@example.com', 'ada.L', '+41 44 668-18-00'].map((identifier) => ({ identifier })),
    ];
    for (const name of names) {
      const result = await authenticated(logins.login({ ...name, password: PASSWORD }, CLIENT));
      expect(result.user.id).toBe(user.id);
    }
  });

  it('wants exactly one of them', async () => {
    const { logins } = await signInFixture();
    for (const names of [{}, { email: 'a@b.co', username: 'ada' }, { identifier: 'ada', email: 'a@b.co' }]) {
      await expect(logins.login({ ...names, password: PASSWORD }, CLIENT)).rejects.toMatchObject({
        code: 'core.identifier_required',
      });
    }
  });

  it('refuses unknown, wrong and missing passwords alike, at the same cost', async () => {
    const { createUser, login, hasher, events } = await signInFixture();
    await createUser();
    await createUser({ email: 'nopassword@example.com', passwordHash: null });
    await createUser({ email: 'strange@example.com', passwordHash: '$unknown$1' });
    const names = [
      'ada@example.com',
      'nobody@example.com',
      'nopassword@example.com',
      'strange@example.com',
      '@@',
      'x',
      '+1',
      '😀',
    ];
    for (const name of names) {
      hasher.computed = 0;
      await expect(login(name, WRONG)).rejects.toMatchObject({
        code: 'core.invalid_credentials',
        status: 401,
        detail: undefined,
      });
      expect([name, hasher.computed]).toEqual([name, 1]);
    }
    expect(events.filter((event) => event instanceof LoginFailed)).toHaveLength(names.length);
  });

  it('locks after five failures, alike for accounts that exist and that do not, and hashes nothing then', async () => {
    const { createUser, login, hasher, clock, heard } = await signInFixture();
    await createUser();
    for (const name of ['ada@example.com', 'nobody@example.com']) {
      for (let i = 0; i < 5; i++) await expect(login(name, WRONG)).rejects.toMatchObject({ status: 401 });
      hasher.computed = 0;
      for (const password of [WRONG, PASSWORD]) {
        await expect(login(name, password)).rejects.toMatchObject({
          code: 'core.locked',
          status: 423,
          retryAfterSeconds: 900,
        });
      }
      expect(hasher.computed).toBe(0);
    }
    expect(heard().filter((name) => name === 'AccountLocked')).toHaveLength(1);
    clock.advance(15 * MINUTE + 1);
    await authenticated(login());
    await expect(login('nobody@example.com', WRONG)).rejects.toMatchObject({ status: 401 });
  });

  it('starts over after a success', async () => {
    const { createUser, login } = await signInFixture();
    await createUser();
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 4; i++)
        await expect(login('ada@example.com', WRONG)).rejects.toMatchObject({ status: 401 });
      await authenticated(login());
    }
  });

  it('gives a burst no more guesses than the limit', async () => {
    const { createUser, login, hasher, users } = await signInFixture();
    const user = await createUser();
    hasher.computed = 0;
    const results = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) => login('ada@example.com', `${WRONG} ${i}`)),
    );
    expect(results.every(({ status }) => status === 'rejected')).toBe(true);
    expect(hasher.computed).toBe(5);
    expect((await users.findById(user.id))?.failedLoginAttempts).toBeGreaterThanOrEqual(5);
  });

  it('counts nothing that it has no time to check', async () => {
    const hasher = new CountingHasher({ concurrency: 1, maxQueue: 0 });
    const { createUser, login, users } = await signInFixture({ hasher });
    const user = await createUser();
    const place = hasher.reserve();
    await expect(login()).rejects.toMatchObject({ code: 'core.hashing_busy', status: 503 });
    place.release();
    expect((await users.findById(user.id))?.failedLoginAttempts).toBe(0);
    await authenticated(login());
  });

  it('renews a hash of another kind', async () => {
    const { createUser, login, users, hasher } = await signInFixture();
    const argon2 = await new DefaultPasswordHasher({ algorithm: 'argon2id' }).hash(PASSWORD);
    const user = await createUser({ passwordHash: argon2 });
    await authenticated(login());
    const renewed = (await users.findById(user.id))?.passwordHash ?? '';
    expect(renewed).not.toBe(argon2);
    expect(hasher.needsRehash(renewed)).toBe(false);
    await authenticated(login());
    expect(new BcryptFormat().read(renewed)).toBeNull();
  });

  it('leaves no session to an account that may not act any more when its session starts', async () => {
    let whileMinting: (id: string) => Promise<unknown> = () => Promise.resolve();
    const { createUser, login, users, sessions, clock } = await signInFixture({
      options: {
        emailVerification: 'required',
        extraClaims: async ({ id }) => {
          await whileMinting(id);
          return {};
        },
      },
    });
    const { id } = await createUser({ emailVerified: true });
    whileMinting = () => users.setEmailVerified(id, false);
    await expect(login()).rejects.toMatchObject({ code: 'core.email_not_verified', status: 403 });
    expect(await sessions.revokeAll(id, 'logout', clock.now())).toEqual([]);
  });

  it('tells the state of the account after the right password alone, and counts that as none', async () => {
    const { createUser, login, users, clock, heard } = await signInFixture({
      options: { emailVerification: 'required' },
    });
    const user = await createUser({ emailVerified: true });
    await createUser({ email: 'new@example.com' });
    await users.ban(user.id, {
      at: clock.now(),
      until: new Date(clock.now().getTime() + MINUTE),
      reason: 'spam',
      by: null,
    });
    await expect(login('ada@example.com', WRONG)).rejects.toMatchObject({ code: 'core.invalid_credentials' });
    heard();
    for (let i = 0; i < 8; i++) {
      await expect(login()).rejects.toMatchObject({
        code: 'core.account_banned',
        status: 403,
        extra: { reason: 'spam' },
      });
      await expect(login('new@example.com')).rejects.toMatchObject({
        code: 'core.email_not_verified',
        status: 403,
      });
    }
    expect(new Set(heard())).toEqual(new Set(['LoginFailed']));
    clock.advance(MINUTE);
    await authenticated(login());
    await users.setActive(user.id, false);
    await expect(login()).rejects.toMatchObject({ code: 'core.account_inactive' });
  });

  it('refuses a session whose account was changed while the password was checked', async () => {
    const { createUser, signIns, users, sessions, clock } = await signInFixture();
    const user = await createUser();
    await users.raiseTokenVersion(user.id);
    await expect(signIns.signIn(user, { methods: ['pwd'] }, CLIENT)).rejects.toMatchObject({
      code: 'core.invalid_credentials',
    });
    expect(await sessions.revokeAll(user.id, 'logout', clock.now())).toEqual([]);
  });

  it('evicts the oldest session past the maximum', async () => {
    const { createUser, login, sessions, events, clock } = await signInFixture({
      options: { session: { maxPerUser: 2 } },
    });
    await createUser();
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) {
      ids.push((await authenticated(login())).sessionId);
      clock.advance(1_000);
    }
    expect((await sessions.findFamily(ids[0] ?? ''))?.revokedReason).toBe('evicted');
    expect((await sessions.findFamily(ids[1] ?? ''))?.revokedAt).toBeNull();
    expect(events.map((event) => event.constructor.name)).toEqual([
      'SessionCreated',
      'SessionCreated',
      'SessionsRevoked',
      'SessionCreated',
    ]);
  });
});

describe('challenges', () => {
  it('stand between the password and the tokens, one after another', async () => {
    const { createUser, login, signIns, sessions, users } = await signInFixture({
      providers: [SecondFactor, Terms],
    });
    const user = await createUser();
    const first = await login();
    if (first.status !== 'challenge_required') throw new Error('no challenge');
    expect(first).toMatchObject({
      expiresIn: 300,
      challenges: [{ type: 'terms' }, { type: 'two_factor', methods: ['totp'] }],
    });
    expect((await users.findById(user.id))?.failedLoginAttempts).toBe(0);
    expect(await signIns.peekChallenge(first.challengeToken, CLIENT)).toMatchObject({
      user: { id: user.id },
      methods: ['pwd'],
    });

    const second = await signIns.completeChallenge(first.challengeToken, ['otp'], CLIENT);
    if (second.status !== 'challenge_required') throw new Error('no challenge');
    expect(second.challenges).toEqual([{ type: 'terms', methods: ['accept'] }]);

    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, () =>
        authenticated(signIns.completeChallenge(second.challengeToken, ['terms'], CLIENT)),
      ),
    );
    const [winner, ...others] = attempts.flatMap((attempt) =>
      attempt.status === 'fulfilled' ? [attempt.value] : [],
    );
    expect(others).toEqual([]);
    expect((await sessions.findFamily(winner?.sessionId ?? ''))?.methods).toEqual(['pwd', 'otp', 'terms']);
    await expect(signIns.peekChallenge(first.challengeToken, CLIENT)).rejects.toMatchObject({
      code: 'core.challenge_invalid',
    });
  });

  it('end with time, and with what voids the password', async () => {
    const { createUser, login, signIns, users, clock } = await signInFixture({ providers: [SecondFactor] });
    const user = await createUser();
    const open = async () => {
      const result = await login();
      return result.status === 'challenge_required' ? result.challengeToken : '';
    };
    const late = await open();
    clock.advance(5 * MINUTE);
    await expect(signIns.completeChallenge(late, ['otp'], CLIENT)).rejects.toMatchObject({
      code: 'core.challenge_invalid',
    });

    const voided = await open();
    await users.raiseTokenVersion(user.id);
    await expect(signIns.completeChallenge(voided, ['otp'], CLIENT)).rejects.toMatchObject({
      code: 'core.challenge_invalid',
    });

    const [one, two] = [await open(), await open()];
    await authenticated(signIns.completeChallenge(one, ['otp'], CLIENT));
    await users.setActive(user.id, false);
    await expect(signIns.completeChallenge(two, ['otp'], CLIENT)).rejects.toMatchObject({
      code: 'core.challenge_invalid',
    });
    await expect(signIns.completeChallenge('no token', ['otp'], CLIENT)).rejects.toMatchObject({
      status: 401,
    });
  });
});

describe('claims', () => {
  it('come from modules and the host, and never touch the registered ones', async () => {
    @Injectable()
    @ContributesClaims({ order: 1 })
    class Organization extends ClaimsContributor {
      claims: Record<string, unknown> = { org_id: 'o1', plan: 'free' };
      override contribute(): Record<string, unknown> {
        return this.claims;
      }
    }
    const extraClaims = ({ email }: { email: string | null }) => ({ plan: 'pro', mail: email });
    const { createUser, login, sessions, module } = await signInFixture({
      providers: [Organization],
      options: { extraClaims },
    });
    const user = await createUser();
    const { pair } = await authenticated(login());
    expect((await sessions.findByAccessToken(sha256(pair.accessToken)))?.session.claims).toEqual({
      org_id: 'o1',
      plan: 'pro',
      mail: user.email,
      claims_version: 0,
    });
    for (const name of ['sub', 'token_version', 'claims_version', 'exp', 'email_verified']) {
      module.get(Organization).claims = { [name]: 'x' };
      await expect(login()).rejects.toThrow(`Organization must not set the claim ${name}.`);
    }
  });
});
