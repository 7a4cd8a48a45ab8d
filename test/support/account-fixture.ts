import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import type { INestApplication, Provider, Type } from '@nestjs/common';
import { type AbstractHttpAdapter, DiscoveryModule } from '@nestjs/core';
import { Test, type TestingModule } from '@nestjs/testing';
import { type CoreOptions, ResolvedCoreOptions } from '../../src/modules/core/core.options.js';
import type { Principal } from '../../src/modules/core/extension/principal.js';
import { generateSigningKey } from '../../src/modules/core/keys/generated-keys.js';
import { signingKeyOf } from '../../src/modules/core/keys/key-parsing.js';
import { SigningKeys } from '../../src/modules/core/keys/signing-keys.js';
import { AccountCheck } from '../../src/modules/core/login/account-check.js';
import { PasswordCheck } from '../../src/modules/core/login/password-check.js';
import type { EmailMessages } from '../../src/modules/core/mail/email-templates.js';
import { MessageTemplates } from '../../src/modules/core/mail/message-templates.js';
import { InMemoryMailSender, MailSender } from '../../src/modules/core/mail/mail-sender.js';
import {
  MailOutboxHandler,
  Notifications,
  SmsOutboxHandler,
} from '../../src/modules/core/mail/notifications.js';
import { InMemoryOutboxRepository } from '../../src/modules/core/outbox/in-memory-outbox.repository.js';
import { OutboxRepository } from '../../src/modules/core/outbox/outbox.repository.js';
import { Outbox } from '../../src/modules/core/outbox/outbox.service.js';
import { OutboxWorker } from '../../src/modules/core/outbox/outbox.worker.js';
import { NoBreachedPasswordChecker } from '../../src/modules/core/password/breach-check.js';
import { DefaultPasswordHasher } from '../../src/modules/core/password/default-password-hasher.js';
import { NewPassword } from '../../src/modules/core/password/new-password.js';
import { PasswordHasher } from '../../src/modules/core/password/password-hasher.js';
import { PasswordImport } from '../../src/modules/core/password/password-import.js';
import { PasswordPolicy } from '../../src/modules/core/password/password-policy.js';
import { PasswordReplacement } from '../../src/modules/core/password/password-replacement.js';
import { PasswordResetCompletion } from '../../src/modules/core/password/password-reset-completion.js';
import { PasswordResetMessages } from '../../src/modules/core/password/password-reset-messages.js';
import { PasswordResetRequestHandler } from '../../src/modules/core/password/password-reset-request.handler.js';
import { PasswordResetService } from '../../src/modules/core/password/password-reset.service.js';
import { PasswordService } from '../../src/modules/core/password/password.service.js';
import { ResetEligibility } from '../../src/modules/core/password/reset-eligibility.js';
import { AccountCreation } from '../../src/modules/core/registration/account-creation.js';
import { ForeignNames } from '../../src/modules/core/user/foreign-names.js';
import { UsernameProposals } from '../../src/modules/core/user/username-proposals.js';
import { InMemoryPendingRegistrationRepository } from '../../src/modules/core/registration/in-memory-pending-registration.repository.js';
import { PendingRegistrationRepository } from '../../src/modules/core/registration/pending-registration.repository.js';
import { PendingRegistrations } from '../../src/modules/core/registration/pending-registrations.js';
import { ProvenRegistration } from '../../src/modules/core/registration/proven-registration.js';
import { RegistrationConfirmation } from '../../src/modules/core/registration/registration-confirmation.js';
import { RegistrationMessages } from '../../src/modules/core/registration/registration-messages.js';
import { RegistrationRequestHandler } from '../../src/modules/core/registration/registration-request.handler.js';
import {
  RegistrationService,
  type SignUpResult,
} from '../../src/modules/core/registration/registration.service.js';
import { resolveCoreOptions } from '../../src/modules/core/resolve-options.js';
import { InMemorySessionRepository } from '../../src/modules/core/session/in-memory-session.repository.js';
import { SessionRepository } from '../../src/modules/core/session/session.repository.js';
import { SessionService } from '../../src/modules/core/session/session.service.js';
import type { SmsMessages } from '../../src/modules/core/sms/sms-templates.js';
import { InMemorySmsSender, SmsSender } from '../../src/modules/core/sms/sms-sender.js';
import { AddressCooldown } from '../../src/modules/core/token/address-cooldown.js';
import { AttemptBudgetRepository } from '../../src/modules/core/token/attempt-budget.repository.js';
import { GuessBudget } from '../../src/modules/core/token/guess-budget.js';
import { InMemoryAttemptBudgetRepository } from '../../src/modules/core/token/in-memory-attempt-budget.repository.js';
import { InMemoryLoginAttemptRepository } from '../../src/modules/core/token/in-memory-login-attempt.repository.js';
import { InMemoryTokenRepository } from '../../src/modules/core/token/in-memory-token.repository.js';
import { LoginAttemptRepository } from '../../src/modules/core/token/login-attempt.repository.js';
import { SingleUseSecrets } from '../../src/modules/core/token/single-use-secrets.js';
import { TokenRepository } from '../../src/modules/core/token/token.repository.js';
import { AccountDeletionService } from '../../src/modules/core/user/account-deletion.service.js';
import { AccountLifecycleService } from '../../src/modules/core/user/account-lifecycle.service.js';
import { AccountRemovalService } from '../../src/modules/core/user/account-removal.service.js';
import { CredentialRevocation } from '../../src/modules/core/user/credential-revocation.js';
import { InMemoryUserRepository } from '../../src/modules/core/user/in-memory-user.repository.js';
import { Reauthentication } from '../../src/modules/core/user/reauthentication.js';
import type { UserRecord } from '../../src/modules/core/user/user.js';
import { UserDeletionSteps } from '../../src/modules/core/user/user-deletion-steps.js';
import { InMemoryUserAdministrationRepository } from '../../src/modules/core/user/in-memory-user-administration.repository.js';
import { SuperAdmins } from '../../src/modules/core/user/super-admins.js';
import { UserAdministrationRepository } from '../../src/modules/core/user/user-administration.repository.js';
import { UserRepository } from '../../src/modules/core/user/user.repository.js';
import { UserService } from '../../src/modules/core/user/user.service.js';
import { AddressChange } from '../../src/modules/core/verification/address-change.js';
import { AddressClaim } from '../../src/modules/core/verification/address-claim.js';
import { AddressRemovalService } from '../../src/modules/core/verification/address-removal.service.js';
import { AddressRequests } from '../../src/modules/core/verification/address-requests.js';
import { AddressVerificationService } from '../../src/modules/core/verification/address-verification.service.js';
import { EmailChangeMessages } from '../../src/modules/core/verification/email-change-messages.js';
import { EmailChangeService } from '../../src/modules/core/verification/email-change.service.js';
import { EmailVerificationService } from '../../src/modules/core/verification/email-verification.service.js';
import { PhoneChangeSecrets } from '../../src/modules/core/verification/phone-change-secrets.js';
import { PhoneChangeService } from '../../src/modules/core/verification/phone-change.service.js';
import { PhoneVerificationService } from '../../src/modules/core/verification/phone-verification.service.js';
import { ProvenEmailChange } from '../../src/modules/core/verification/proven-email-change.js';
import { ProvenPhoneChange } from '../../src/modules/core/verification/proven-phone-change.js';
import { RemovedAddress } from '../../src/modules/core/verification/removed-address.js';
import { VerificationMessages } from '../../src/modules/core/verification/verification-messages.js';
import {
  EmailVerificationRequestHandler,
  PhoneVerificationRequestHandler,
} from '../../src/modules/core/verification/verification-request.handlers.js';
import { WelcomeMail } from '../../src/modules/core/verification/welcome-mail.js';
import { KeyRing } from '../../src/shared/crypto/key-ring.js';
import { InMemoryEphemeralStore } from '../../src/shared/ephemeral/in-memory-ephemeral-store.js';
import { EphemeralRateLimiter } from '../../src/shared/rate-limit/ephemeral-rate-limiter.js';
import { RateLimiter } from '../../src/shared/rate-limit/rate-limiter.js';
import { AuthError } from '../../src/shared/errors/auth-error.js';
import { AuthEvent } from '../../src/shared/events/auth-event.js';
import { EventBus } from '../../src/shared/events/event-bus.js';
import { SYSTEM_CLIENT } from '../../src/shared/http/client-info.js';
import { IdGenerator, UuidV7Generator } from '../../src/shared/ids/id-generator.js';
import { inMemoryStorage } from '../../src/shared/persistence/in-memory-storage.js';
import { Clock } from '../../src/shared/time/clock.js';
import { FakeClock } from '../../src/shared/time/fake-clock.js';

/** Everything that accounts are made of: what core provides beside login and HTTP. */
export const ACCOUNT_PROVIDERS: Provider[] = [
  ...[
    EventBus,
    AccountCheck,
    PasswordCheck,
    SessionService,
    Outbox,
    OutboxWorker,
    Notifications,
    MailOutboxHandler,
    MessageTemplates,
    SmsOutboxHandler,
  ],
  ...[GuessBudget, SingleUseSecrets, AddressCooldown],
  ...[UserService, Reauthentication, CredentialRevocation, UserDeletionSteps],
  ...[AccountRemovalService, AccountDeletionService, AccountLifecycleService],
  ...[
    AccountCreation,
    ForeignNames,
    UsernameProposals,
    PendingRegistrations,
    ProvenRegistration,
    RegistrationConfirmation,
    RegistrationMessages,
    RegistrationService,
  ],
  ...[
    RegistrationRequestHandler,
    EmailVerificationRequestHandler,
    PhoneVerificationRequestHandler,
    PasswordResetRequestHandler,
  ],
  ...[
    AddressRequests,
    AddressVerificationService,
    AddressClaim,
    AddressChange,
    AddressRemovalService,
    RemovedAddress,
    VerificationMessages,
    WelcomeMail,
  ],
  ...[EmailVerificationService, EmailChangeService, EmailChangeMessages, ProvenEmailChange],
  ...[PhoneVerificationService, PhoneChangeService, PhoneChangeSecrets, ProvenPhoneChange],
  ...[NewPassword, PasswordReplacement, PasswordService, PasswordImport],
  ...[PasswordResetService, PasswordResetCompletion, PasswordResetMessages, ResetEligibility],
  { provide: UserRepository, useClass: InMemoryUserRepository },
  { provide: UserAdministrationRepository, useClass: InMemoryUserAdministrationRepository },
  SuperAdmins,
  { provide: SessionRepository, useClass: InMemorySessionRepository },
  { provide: TokenRepository, useClass: InMemoryTokenRepository },
  { provide: AttemptBudgetRepository, useClass: InMemoryAttemptBudgetRepository },
  { provide: LoginAttemptRepository, useClass: InMemoryLoginAttemptRepository },
  { provide: PendingRegistrationRepository, useClass: InMemoryPendingRegistrationRepository },
  { provide: OutboxRepository, useClass: InMemoryOutboxRepository },
  { provide: IdGenerator, useClass: UuidV7Generator },
  {
    provide: PasswordHasher,
    useFactory: () => new DefaultPasswordHasher({ bcryptCost: 4, maxQueue: 1_000 }),
  },
  {
    provide: PasswordPolicy,
    inject: [ResolvedCoreOptions],
    useFactory: ({ serviceName }: ResolvedCoreOptions) =>
      new PasswordPolicy({ serviceName }, new NoBreachedPasswordChecker()),
  },
];

export const PASSWORD = 'a gatehouse of 7 towers';

type Options = Partial<Omit<CoreOptions, 'mailSender' | 'smsSender'>> & {
  withMail?: boolean;
  withSms?: boolean;
};

/** Accounts in memory, at a clock that stands still, with mailboxes that can be read. */
export class AccountFixture {
  readonly events: AuthEvent[] = [];

  private constructor(
    readonly module: TestingModule,
    readonly clock: FakeClock,
    readonly mail: InMemoryMailSender,
    readonly sms: InMemorySmsSender,
    /** Where controllers are asked for. */
    readonly app: INestApplication | null,
  ) {
    this.get(EventBus).on(AuthEvent, 'transaction', (event) => void this.events.push(event));
  }

  static async create(
    { withMail = true, withSms = true, ...options }: Options = {},
    more: { providers?: Provider[]; controllers?: Type[]; adapter?: AbstractHttpAdapter } = {},
  ): Promise<AccountFixture> {
    const clock = new FakeClock();
    const mail = new InMemoryMailSender();
    const sms = new InMemorySmsSender();
    const resolved = resolveCoreOptions(
      {
        appUrl: 'https://auth.example.com',
        secrets: KeyRing.parse(`k1:${randomBytes(32).toString('base64')}`),
        signingKeys: new SigningKeys([signingKeyOf(generateSigningKey('EdDSA'))]),
        ...options,
        ...(withMail ? { mailSender: mail } : {}),
        ...(withSms ? { smsSender: sms } : {}),
      },
      { basePath: '/auth' },
    );
    const module = await Test.createTestingModule({
      imports: [DiscoveryModule, inMemoryStorage().module],
      controllers: more.controllers ?? [],
      providers: [
        ...ACCOUNT_PROVIDERS,
        { provide: Clock, useValue: clock },
        { provide: ResolvedCoreOptions, useValue: resolved },
        { provide: MailSender, useValue: resolved.mailSender },
        { provide: SmsSender, useValue: resolved.smsSender },
        {
          provide: RateLimiter,
          useFactory: () => new EphemeralRateLimiter(new InMemoryEphemeralStore(clock), clock),
        },
        ...(more.providers ?? []),
      ],
    }).compile();
    module.useLogger(false);
    const app = more.adapter ? module.createNestApplication(more.adapter, { logger: false }) : null;
    app?.setGlobalPrefix('auth');
    await (app ?? module).init();
    return new AccountFixture(module, clock, mail, sms, app);
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.module.get<T>(token);
  }

  close(): Promise<void> {
    return (this.app ?? this.module).close();
  }

  /** Lets the outbox work until nothing is due. */
  async settle(): Promise<void> {
    for (let round = 0; round < 3; round += 1) await this.get(OutboxWorker).drain();
  }

  signUp(request: Partial<Parameters<RegistrationService['signUp']>[0]>): Promise<SignUpResult> {
    return this.get(RegistrationService).signUp({ password: PASSWORD, ...request }, SYSTEM_CLIENT);
  }

  /** An account that exists at once, where nothing has to be proven. */
  async user(
    request: Partial<Parameters<RegistrationService['signUp']>[0]> = { email: 'ada@example.com' },
  ): Promise<UserRecord> {
    const result = await this.signUp(request);
    if (result.status !== 'registered') throw new Error('The sign-up waits for its confirmation.');
    await this.settle();
    return result.user;
  }

  /** The account as it is now. */
  async reload({ id }: { id: string }): Promise<UserRecord> {
    const user = await this.get(UserRepository).findById(id);
    if (!user) throw new Error('The account is gone.');
    return user;
  }

  principal(user: UserRecord, sessionId: string | null = null): Principal {
    const authenticatedAt = this.clock.now();
    return {
      kind: 'user',
      userId: user.id,
      sessionId,
      authenticatedAt,
      methods: ['pwd'],
      emailVerified: user.emailVerified,
      claims: {},
    };
  }

  /** A session of the user, as a login would have started it. */
  async session({ id: userId, realmId, tokenVersion }: UserRecord): Promise<string> {
    const now = this.clock.now();
    const familyId = this.get(IdGenerator).next();
    const client = { userAgent: null, ipAddress: null };
    const expiresAt = new Date(now.getTime() + 86_400_000);
    await this.get(SessionRepository).start(
      {
        id: familyId,
        realmId,
        userId,
        tokenVersion,
        expiresAt,
        revokedAt: null,
        revokedReason: null,
        deviceName: null,
        ...client,
        authenticatedAt: now,
        methods: ['pwd'],
        impersonatorId: null,
        impersonatorSessionId: null,
        lastUsedAt: now,
        createdAt: now,
      },
      {
        id: this.get(IdGenerator).next(),
        familyId,
        userId,
        refreshToken: randomBytes(32).toString('hex'),
        refreshTokenExpiresAt: expiresAt,
        accessToken: null,
        expiresAt,
        claims: {},
        ...client,
        replacedBy: null,
        replacedAt: null,
        sealedAnswer: null,
        createdAt: now,
      },
    );
    return familyId;
  }

  /** Why the session ended; `null`: it lives. */
  async endOf(sessionId: string): Promise<string | null> {
    return (await this.get(SessionRepository).findFamily(sessionId))?.revokedReason ?? null;
  }

  /** The latest mail of a template, with what it carries. */
  async mailed(
    template: keyof EmailMessages,
  ): Promise<{ to: string; token: string; code: string } | undefined> {
    await this.settle();
    const message = this.mail.messages.filter((each) => each.template === template).at(-1);
    return (
      message && {
        to: message.to,
        token: /#token=([\w-]+)/.exec(message.text)?.[1] ?? '',
        code: /\b(\d{6})\b/.exec(message.text)?.[1] ?? '',
      }
    );
  }

  /** How many mails of a template went out. */
  async mailCount(template: keyof EmailMessages): Promise<number> {
    await this.settle();
    return this.mail.messages.filter((each) => each.template === template).length;
  }

  /** The latest text message of a template. */
  async texted(template: keyof SmsMessages): Promise<{ to: string; code: string; text: string } | undefined> {
    await this.settle();
    const message = this.sms.messages.filter((each) => each.purpose === template).at(-1);
    return (
      message && { to: message.to, code: /\b(\d{6})\b/.exec(message.text)?.[1] ?? '', text: message.text }
    );
  }

  emitted<E extends AuthEvent>(event: abstract new (...args: never[]) => E): E[] {
    return this.events.filter((each): each is E => each instanceof event);
  }
}

/** A code that is not the right one. */
export function wrong(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

/** The stable codes of refusals, and `ok` for what went through; anything else is thrown. */
export async function outcomes(attempts: readonly Promise<unknown>[]): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const result of await Promise.allSettled(attempts)) {
    if (result.status === 'rejected' && !(result.reason instanceof AuthError)) throw result.reason;
    const name = result.status === 'fulfilled' ? 'ok' : result.reason.code;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** `count` calls at once. */
export function atOnce<T>(count: number, call: (index: number) => Promise<T>): Promise<T>[] {
  return Array.from({ length: count }, (_, index) => call(index));
}
