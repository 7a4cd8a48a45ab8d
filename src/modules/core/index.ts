export type { AcceptedIssuer, AcceptedIssuerOptions } from './accepted-issuer/accepted-issuer.options.js';
export { AcceptedIssuerVerifier, type ExternalClaims } from './accepted-issuer/accepted-issuer.verifier.js';
export { AccountChangeFeed } from './account-change/account-change.feed.js';
export type { ChangedSubject } from './account-change/account-change.js';
export { AccountChangeRepository } from './account-change/account-change.repository.js';
export { type CacheCount, type CacheCounter, CacheCounters } from './cache/cache-counters.js';
export { CoreErrors } from './core.errors.js';
export {
  AccountLocked,
  ClaimsChanged,
  EmailChanged,
  EmailRemoved,
  EmailVerified,
  LoginChallenged,
  LoginChallengePassed,
  LoginFailed,
  PasswordChanged,
  PasswordReset,
  PhoneNumberChanged,
  PhoneNumberRemoved,
  PhoneNumberVerified,
  ProfileChanged,
  RefreshTokenReused,
  SessionCreated,
  SessionRefreshed,
  SessionsRevoked,
  UserBanned,
  UserDeleted,
  UserEvent,
  UsernameChanged,
  SuperAdminCreated,
  UserRegistered,
  UserRestored,
  UserUnbanned,
} from './core.events.js';
export type { CoreStructure } from './core.module-definition.js';
export { CoreModule } from './core.module.js';
export {
  type CoreOptions,
  type LinkOptions,
  ResolvedCoreOptions,
  type SessionOptions,
  type TokenTransport,
  type VerificationPolicy,
} from './core.options.js';
export { CORE_ENTITIES, CORE_REPOSITORIES } from './core.repositories.js';
export { AnswersAvailability, AvailabilityAnswer } from './extension/availability-answer.js';
export { authenticationLevel, MULTI_FACTOR } from './extension/authentication-level.js';
export { type ClaimsContext, ClaimsContributor, ContributesClaims } from './extension/claims-contributor.js';
export {
  type Credential,
  CredentialResolver,
  type Resolution,
  ResolvesCredentials,
} from './extension/credential-resolver.js';
export { GatesLogin, type LoginChallenge, LoginGate, type SignInAttempt } from './extension/login-gate.js';
export { discovered } from './extension/discovered.js';
export { DefinesMessages, MessageDefinitions } from './extension/message-definitions.js';
export { DefinesPages, PageDefinitions } from './extension/page-definitions.js';
export type { Principal, PrincipalActor } from './extension/principal.js';
export { type ResetOrder, ResetsSecondFactor, SecondFactorReset } from './extension/second-factor-reset.js';
export { type MintedPair, type MintRequest, MintsTokens, TokenMinter } from './extension/token-minter.js';
export { DemandsTwoFactor, TwoFactorPolicy } from './extension/two-factor-policy.js';
export {
  PassesRegistration,
  RegistrationPass,
  type RegistrationTicket,
} from './extension/registration-pass.js';
export { StepsIntoUserDeletion, UserDeletionStep } from './extension/user-data.js';
export { ContributesUserData, UserDataContributor } from './extension/user-data-contributor.js';
export { UserDataExport } from './user-data/user-data-export.js';
export { ApiUserDataFile, userDataFile } from './user-data/user-data-file.js';
export { OffersWayIn, WayIn } from './extension/way-in.js';
export { ApiModuleProblems, ApiProblems } from './http/api-problems.js';
export { AuthController, FormPostController } from './http/auth-controller.decorator.js';
export type { AuthRequirements } from './http/auth-requirements.js';
export { AuthGuard } from './http/auth.guard.js';
export { Authenticated, RequireRecentAuth, RequireVerifiedEmail } from './http/authenticated.decorator.js';
export { ClientInfoReader } from './http/client-info.reader.js';
export { BodyInput, QueryInput } from './http/input.decorator.js';
export { Client, ClientInfoPipe, RawRequest } from './http/client.decorator.js';
export { CredentialAuthenticator } from './http/credential-authenticator.js';
export { CsrfPolicy } from './http/csrf-policy.js';
export { CsrfGuard } from './http/csrf.guard.js';
export { CurrentSession, CurrentUser } from './http/current-user.decorator.js';
export { JsonBodyGuard } from './http/json-body.guard.js';
export { CastellanStrategy } from './http/passport.strategy.js';
export { refusalFor } from './http/refusal.js';
export { type Operations, operationsOf } from './http/operations.js';
export { requestOf } from './http/execution-request.js';
export { principalOf } from './http/request-principal.js';
export { PrincipalUsers } from './http/principal-users.js';
export { ACCESS, type Access, OptionalAuth, Public } from './http/public.decorator.js';
export { RateLimit } from './http/rate-limit.decorator.js';
export { RateLimitGuard } from './http/rate-limit.guard.js';
export { rememberHandshake } from './http/socket-handshake.js';
export { SignInResponder } from './http/sign-in-responder.js';
export { TokenCookies } from './http/token-cookies.js';
export { generateSigningKey, loadOrGenerateSigningKeys } from './keys/generated-keys.js';
export {
  type JwtExpectation,
  JwtSigner,
  JwtVerifier,
  parseJwt,
  type VerificationKeys,
  type VerifiedClaims,
} from './keys/jwt.js';
export { parsePublicKeys, parseSigningKeys, signingKeyOf } from './keys/key-parsing.js';
export {
  generateKeySet,
  type KeyRotation,
  type KeyRotationOrder,
  rotateSigningKeys,
} from './keys/key-rotation.js';
export { type SigningAlgorithm, type SigningKey, SigningKeys } from './keys/signing-keys.js';
export { AccountCheck } from './login/account-check.js';
export { ClaimsChanges } from './login/claims-changes.js';
export { LoginService } from './login/login.service.js';
export { PasswordCheck } from './login/password-check.js';
export type {
  Authenticated as AuthenticatedResult,
  ChallengeRequired,
  SignInProof,
  SignInResult,
} from './login/sign-in-result.js';
export { SignInService } from './login/sign-in.service.js';
export { WaysIn } from './login/ways-in.js';
export { defaultEmailTemplates, type EmailMessages, type EmailTemplates } from './mail/email-templates.js';
export { InMemoryMailSender, type MailMessage, MailSender, NoMailSender } from './mail/mail-sender.js';
export type { EmailTemplate, MessageContent, MessageContext, SmsTemplate } from './mail/message-content.js';
export { Notifications } from './mail/notifications.js';
export { SmtpMailSender, type SmtpOptions } from './mail/smtp-mail-sender.js';
export { Maintains, MaintenanceTask, sweep } from './maintenance/maintenance-task.js';
export type { Job } from './job/job.js';
export { JobRepository } from './job/job.repository.js';
export { JobScheduler } from './job/job-scheduler.js';
export { type PgBossOptions, PgBossJobScheduler } from './job/pg-boss-job-scheduler.js';
export { MaintenanceRunner } from './maintenance/maintenance.runner.js';
export { HandlesOutbox, OutboxHandler } from './outbox/outbox-handler.js';
export type { OutboxRecord } from './outbox/outbox.js';
export { OutboxRepository } from './outbox/outbox.repository.js';
export { Outbox } from './outbox/outbox.service.js';
export { OutboxWorker } from './outbox/outbox.worker.js';
export { DefaultPasswordHasher } from './password/default-password-hasher.js';
export { type HashReservation, PasswordHasher } from './password/password-hasher.js';
export { NewPassword } from './password/new-password.js';
export { PasswordImport } from './password/password-import.js';
export { ApiPasswordProblems } from './password/password-problems.js';
export { PasswordPolicy } from './password/password-policy.js';
export { PasswordResetService } from './password/password-reset.service.js';
export { PasswordErrors } from './password/password.errors.js';
export type { PasswordOptions } from './password/password.options.js';
export { PasswordSetupMessages } from './password/password-setup-messages.js';
export { PasswordService } from './password/password.service.js';
export { CHALLENGE_ITEM } from './pages/page-assets.js';
export { PageCatalogue } from './pages/page-catalogue.js';
export { ANOTHER_USERNAME, type AnyPage, type OwnPage, type PageContent } from './pages/page-content.js';
export { AccountCreation } from './registration/account-creation.js';
export { OutsideRegistration } from './registration/outside-registration.js';
export type { PendingRegistrationRecord } from './registration/pending-registration.js';
export { PendingRegistrationRepository } from './registration/pending-registration.repository.js';
export { RegistrationAccess } from './registration/registration-access.js';
export { RegistrationService } from './registration/registration.service.js';
export { OptionsError, resolveCoreOptions } from './resolve-options.js';
export { actorClaim, actorOfClaims } from './session/actor-claim.js';
export {
  type EndedImpersonation,
  type EndedImpersonator,
  ImpersonationRepository,
} from './session/impersonation.repository.js';
export { Impersonations, LONGEST_IMPERSONATION_MS } from './session/impersonations.js';
export type { Impersonator } from './session/session-tokens.js';
export { LastUseRecorder } from './session/last-use.js';
export { MountedMinter } from './session/mounted-minter.js';
export { RefreshService } from './session/refresh.service.js';
export { SessionClaims } from './session/session-claims.js';
export { SessionLiveness } from './session/session-liveness.js';
export { ChallengeResponse, SessionResponse, TokenResponse } from './session/session.dto.js';
export type {
  RefreshState,
  CheckedSession,
  RevocationReason,
  SessionCheck,
  SessionFamilyRecord,
  SessionRecord,
  SessionState,
} from './session/session.js';
export {
  type FamilyUse,
  type Rotation,
  SessionRepository,
  type SessionSortField,
} from './session/session.repository.js';
export { SessionService } from './session/session.service.js';
export { tokenControllers } from './session/token.controllers.js';
export { TypeOrmSessionRepository } from './session/typeorm-session.repository.js';
export { InMemorySmsSender, NoSmsSender, type SmsMessage, SmsSender } from './sms/sms-sender.js';
export { defaultSmsTemplates, type SmsMessages, type SmsTemplates } from './sms/sms-templates.js';
export { type SmsWebhookOptions, WebhookSmsSender } from './sms/webhook-sms-sender.js';
export {
  AccountStatisticsRepository,
  type DayCount,
  type UserCounts,
} from './statistics/account-statistics.repository.js';
export { AddressCooldown } from './token/address-cooldown.js';
export { AttemptBudgetRepository } from './token/attempt-budget.repository.js';
export { GuessBudget } from './token/guess-budget.js';
export { LoginAttemptRepository } from './token/login-attempt.repository.js';
export { minutesUntil, secretLink } from './token/secret-link.js';
export { SingleUseSecrets } from './token/single-use-secrets.js';
export type { NewToken, TokenPurpose, TokenPurposes, TokenRecord } from './token/token.js';
export { RedisTokenRepository } from './token/redis-token.repository.js';
export { TokenRepository } from './token/token.repository.js';
export { TypeOrmTokenRepository } from './token/typeorm-token.repository.js';
export { AccountDeletionService } from './user/account-deletion.service.js';
export { AccountLifecycleService } from './user/account-lifecycle.service.js';
export { AccountRemovalService } from './user/account-removal.service.js';
export { AuthUser } from './user/auth-user.entity.js';
export { AdminBootstrap } from './user/admin-bootstrap.service.js';
export { AdminCreation } from './user/admin-creation.service.js';
export { parseEmailAddress, readEmailAddress } from './user/email-address.js';
export { emailKey, usernameKey } from './user/identifier-key.js';
export {
  CodeProperty,
  DeviceNameProperty,
  EmailProperty,
  LinkTokenProperty,
  LocaleProperty,
  PasswordProperty,
  PhoneNumberProperty,
  UsernameProperty,
} from './user/identifier-properties.js';
export { ProfileService } from './user/profile.service.js';
export { parsePhoneNumber } from './user/phone-number.js';
export { RECENT_PROOF_MS, accountOf, Reauthentication } from './user/reauthentication.js';
export { TypeOrmUserRepository } from './user/typeorm-user.repository.js';
export { UpdateProfileRequest, UserResponse } from './user/user.dto.js';
export { writtenUser } from './user/unique-write.js';
export { CredentialRevocation } from './user/credential-revocation.js';
export type { LoginIdentifier, NewUser, ProfileChanges, UniqueUserField, UserRecord } from './user/user.js';
export {
  type AddressRemoval,
  type Ban,
  type LockoutPolicy,
  type RaisedClaims,
  type ReservedAttempt,
  type UniqueWrite,
  type UserFilter,
  UserRepository,
  type UserSortField,
} from './user/user.repository.js';
export { SuperAdmins } from './user/super-admins.js';
export {
  type ManagedUserFilter,
  UserAdministrationRepository,
  type UserSet,
} from './user/user-administration.repository.js';
export { UserService } from './user/user.service.js';
export { parseUsername } from './user/username.js';
export { AcceptedResponse } from './verification/accepted.dto.js';
export { AddressClaim, AddressClaimed } from './verification/address-claim.js';
export { AddressRemovalService } from './verification/address-removal.service.js';
export { AddressRequests } from './verification/address-requests.js';
export { AddressVerificationService } from './verification/address-verification.service.js';
export { EmailChangeService } from './verification/email-change.service.js';
export { EmailVerificationService } from './verification/email-verification.service.js';
export { PhoneChangeService } from './verification/phone-change.service.js';
export { PhoneVerificationService } from './verification/phone-verification.service.js';
export { WelcomeMail } from './verification/welcome-mail.js';
