import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { Injectable, type Provider } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import type { CoreOptions } from '../../src/modules/core/core.options.js';
import { ResolvedCoreOptions } from '../../src/modules/core/core.options.js';
import { type MintedPair, MintsTokens, TokenMinter } from '../../src/modules/core/extension/token-minter.js';
import { AccountCheck } from '../../src/modules/core/login/account-check.js';
import { TokenClaims } from '../../src/modules/core/login/claims.js';
import { LoginChallenges } from '../../src/modules/core/login/login-challenges.js';
import { LoginGates } from '../../src/modules/core/login/login-gates.js';
import { LoginService } from '../../src/modules/core/login/login.service.js';
import { PasswordCheck } from '../../src/modules/core/login/password-check.js';
import type { Authenticated, SignInResult } from '../../src/modules/core/login/sign-in-result.js';
import { SignInService } from '../../src/modules/core/login/sign-in.service.js';
import { DefaultPasswordHasher } from '../../src/modules/core/password/default-password-hasher.js';
import { type HashReservation, PasswordHasher } from '../../src/modules/core/password/password-hasher.js';
import { resolveCoreOptions } from '../../src/modules/core/resolve-options.js';
import { LastUseRecorder } from '../../src/modules/core/session/last-use.js';
import { MountedMinter } from '../../src/modules/core/session/mounted-minter.js';
import { RefreshLookup } from '../../src/modules/core/session/refresh-lookup.js';
import { RefreshReplay } from '../../src/modules/core/session/refresh-replay.js';
import { RefreshService } from '../../src/modules/core/session/refresh.service.js';
import { SessionRotation } from '../../src/modules/core/session/rotation.js';
import { SessionLiveness } from '../../src/modules/core/session/session-liveness.js';
import { SessionStart } from '../../src/modules/core/session/session-start.js';
import { SessionTokens } from '../../src/modules/core/session/session-tokens.js';
import { SessionRepository } from '../../src/modules/core/session/session.repository.js';
import { SessionService } from '../../src/modules/core/session/session.service.js';
import { GuessBudget } from '../../src/modules/core/token/guess-budget.js';
import { SingleUseSecrets } from '../../src/modules/core/token/single-use-secrets.js';
import type { NewUser, UserRecord } from '../../src/modules/core/user/user.js';
import { UserRepository } from '../../src/modules/core/user/user.repository.js';
import { KeyRing } from '../../src/shared/crypto/key-ring.js';
import { randomToken, sha256 } from '../../src/shared/crypto/random.js';
import { AuthEvent } from '../../src/shared/events/auth-event.js';
import { EventBus } from '../../src/shared/events/event-bus.js';
import type { ClientInfo } from '../../src/shared/http/client-info.js';
import { IdGenerator, UuidV7Generator } from '../../src/shared/ids/id-generator.js';
import { inMemoryStorage } from '../../src/shared/persistence/in-memory-storage.js';
import { TransactionRunner } from '../../src/shared/persistence/transaction-runner.js';
import { Clock } from '../../src/shared/time/clock.js';
import { FakeClock } from '../../src/shared/time/fake-clock.js';
import { CORE_REPOSITORIES } from '../../src/modules/core/core.repositories.js';
import { generateSigningKey } from '../../src/modules/core/keys/generated-keys.js';
import { signingKeyOf } from '../../src/modules/core/keys/key-parsing.js';
import { SigningKeys } from '../../src/modules/core/keys/signing-keys.js';

export const PASSWORD = 'a gatehouse of 7 towers';

export const CLIENT: ClientInfo = {
  ipAddress: '203.0.113.7',
  userAgent: 'jest',
  requestId: '00000000-0000-4000-8000-000000000001',
};

/** The cheapest hasher there is, that says how often it computed. */
export class CountingHasher extends DefaultPasswordHasher {
  computed = 0;

  constructor(queue: { concurrency?: number; maxQueue?: number } = {}) {
    super({ bcryptCost: 4, ...queue });
  }

  override reserve(): HashReservation {
    const place = super.reserve();
    return {
      verify: (password, stored) => {
        this.computed++;
        return place.verify(password, stored);
      },
      verifyDummy: (password) => {
        this.computed++;
        return place.verifyDummy(password);
      },
      hash: (password) => place.hash(password),
      release: () => place.release(),
    };
  }
}

/** A mode of its own: opaque tokens. */
@Injectable()
@MintsTokens(true)
export class RandomTokenMinter extends TokenMinter {
  readonly mode = 'session';

  override mint(): MintedPair {
    const accessToken = randomToken();
    return { accessToken, accessTokenHash: sha256(accessToken), refreshToken: randomToken() };
  }

  override acceptsRefreshToken(token: string): boolean {
    return /^[A-Za-z0-9_-]{43}$/.test(token);
  }
}

export function coreOptions(options: Partial<CoreOptions> = {}): ResolvedCoreOptions {
  const signingKeys = new SigningKeys([signingKeyOf(generateSigningKey('ES256'))]);
  const secrets = KeyRing.parse(`k1:${randomBytes(32).toString('base64')}`);
  return resolveCoreOptions(
    { appUrl: 'https://auth.example.com', secrets, signingKeys, ...options },
    { basePath: '/auth' },
  );
}

export interface FixtureSettings {
  readonly options?: Partial<CoreOptions>;
  readonly providers?: readonly Provider[];
  readonly minter?: Provider;
  readonly hasher?: CountingHasher;
}

/** Login, refresh and sessions on in-memory repositories, with a clock that stands still. */
export async function signInFixture(settings: FixtureSettings = {}) {
  const {
    options = {},
    providers = [],
    minter = RandomTokenMinter,
    hasher = new CountingHasher(),
  } = settings;
  const clock = new FakeClock();
  const storage = inMemoryStorage();
  const module = await Test.createTestingModule({
    imports: [DiscoveryModule, storage.module],
    providers: [
      ...storage.bind(CORE_REPOSITORIES),
      { provide: ResolvedCoreOptions, useValue: coreOptions(options) },
      { provide: Clock, useValue: clock },
      { provide: IdGenerator, useClass: UuidV7Generator },
      { provide: PasswordHasher, useValue: hasher },
      EventBus,
      ...[AccountCheck, TokenClaims, LoginChallenges, LoginGates, LoginService, PasswordCheck, SignInService],
      ...[LastUseRecorder, MountedMinter, RefreshLookup, RefreshReplay, RefreshService, SessionRotation],
      ...[SessionLiveness, SessionStart, SessionTokens, SessionService, GuessBudget, SingleUseSecrets],
      minter,
      ...providers,
    ],
  }).compile();
  const events: AuthEvent[] = [];
  module.get(EventBus).on(AuthEvent, 'after_commit', (event) => void events.push(event));
  await module.init();
  return {
    module,
    clock,
    hasher,
    events,
    /** Names of the events since the last call. */
    heard: (): string[] => events.splice(0).map((event) => event.constructor.name),
    users: module.get(UserRepository),
    sessions: module.get(SessionRepository),
    transactions: module.get(TransactionRunner),
    logins: module.get(LoginService),
    signIns: module.get(SignInService),
    refreshes: module.get(RefreshService),
    sessionService: module.get(SessionService),
    passwords: module.get(PasswordCheck),
    /** An account with PASSWORD. */
    createUser: async (user: Partial<NewUser> = {}): Promise<UserRecord> => {
      const created = await module.get(UserRepository).create({
        id: module.get(IdGenerator).next(),
        email: 'ada@example.com',
        passwordHash: await hasher.hash(PASSWORD),
        createdAt: clock.now(),
        ...user,
      });
      if (!('user' in created)) throw new Error('conflict');
      return created.user;
    },
    login: (identifier = 'ada@example.com', password = PASSWORD): Promise<SignInResult> =>
      module.get(LoginService).login({ identifier, password }, CLIENT),
  };
}

export type SignInFixture = Awaited<ReturnType<typeof signInFixture>>;

/** A sign-in that has to be complete. */
export async function authenticated(result: Promise<SignInResult>): Promise<Authenticated> {
  const settled = await result;
  if (settled.status !== 'authenticated') throw new Error(`expected tokens, got ${settled.status}`);
  return settled;
}
