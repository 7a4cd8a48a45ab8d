import type { Provider } from '@nestjs/common';
import { CHOSEN_PROVIDERS } from './core.chosen-providers.js';
import { AcceptedIssuerResolver } from './accepted-issuer/accepted-issuer.resolver.js';
import { AccountChangeExpiryTask } from './account-change/account-change-expiry.task.js';
import { AccountChangeFeed } from './account-change/account-change.feed.js';
import { CacheCounters } from './cache/cache-counters.js';
import { AuthGuard } from './http/auth.guard.js';
import { ClientInfoReader } from './http/client-info.reader.js';
import { ClientInfoPipe } from './http/client.decorator.js';
import { CredentialAuthenticator } from './http/credential-authenticator.js';
import { CsrfPolicy } from './http/csrf-policy.js';
import { CsrfGuard } from './http/csrf.guard.js';
import { JsonBodyGuard } from './http/json-body.guard.js';
import { PrincipalUsers } from './http/principal-users.js';
import { RateLimitGuard } from './http/rate-limit.guard.js';
import { SignInResponder } from './http/sign-in-responder.js';
import { TokenCookies } from './http/token-cookies.js';
import { AccountCheck } from './login/account-check.js';
import { ClaimsChanges } from './login/claims-changes.js';
import { TokenClaims } from './login/claims.js';
import { LoginChallenges } from './login/login-challenges.js';
import { LoginGates } from './login/login-gates.js';
import { LoginService } from './login/login.service.js';
import { PasswordCheck } from './login/password-check.js';
import { SignInService } from './login/sign-in.service.js';
import { WaysIn } from './login/ways-in.js';
import { MessageTemplates } from './mail/message-templates.js';
import { MailOutboxHandler, Notifications, SmsOutboxHandler } from './mail/notifications.js';
import { CounterTask } from './maintenance/counter.task.js';
import { ExpiryTask } from './maintenance/expiry.task.js';
import { MaintenanceRunner } from './maintenance/maintenance.runner.js';
import { Outbox } from './outbox/outbox.service.js';
import { OutboxWorker } from './outbox/outbox.worker.js';
import { NewPassword } from './password/new-password.js';
import { PasswordImport } from './password/password-import.js';
import { PasswordReplacement } from './password/password-replacement.js';
import { PasswordResetCompletion } from './password/password-reset-completion.js';
import { PasswordResetMessages } from './password/password-reset-messages.js';
import { PasswordResetRequestHandler } from './password/password-reset-request.handler.js';
import { PasswordResetService } from './password/password-reset.service.js';
import { PasswordSetupMessages } from './password/password-setup-messages.js';
import { PasswordService } from './password/password.service.js';
import { ResetEligibility } from './password/reset-eligibility.js';
import { AccountCreation } from './registration/account-creation.js';
import { OutsideRegistration } from './registration/outside-registration.js';
import { PendingRegistrations } from './registration/pending-registrations.js';
import { ProvenRegistration } from './registration/proven-registration.js';
import { RegistrationConfirmation } from './registration/registration-confirmation.js';
import { RegistrationMessages } from './registration/registration-messages.js';
import { RegistrationRequestHandler } from './registration/registration-request.handler.js';
import { RegistrationAccess } from './registration/registration-access.js';
import { RegistrationService } from './registration/registration.service.js';
import { LastUseRecorder } from './session/last-use.js';
import { MountedMinter } from './session/mounted-minter.js';
import { LogoutService } from './session/logout.service.js';
import { RefreshLookup } from './session/refresh-lookup.js';
import { RefreshReplay } from './session/refresh-replay.js';
import { RefreshService } from './session/refresh.service.js';
import { SessionRotation } from './session/rotation.js';
import { SessionClaims } from './session/session-claims.js';
import { SessionLiveness } from './session/session-liveness.js';
import { SessionStart } from './session/session-start.js';
import { SessionTokens } from './session/session-tokens.js';
import { Impersonations } from './session/impersonations.js';
import { SessionService } from './session/session.service.js';
import { PageCatalogue } from './pages/page-catalogue.js';
import { AddressCooldown } from './token/address-cooldown.js';
import { GuessBudget } from './token/guess-budget.js';
import { SingleUseSecrets } from './token/single-use-secrets.js';
import { AccountDeletionService } from './user/account-deletion.service.js';
import { AccountLifecycleService } from './user/account-lifecycle.service.js';
import { AccountRemovalService } from './user/account-removal.service.js';
import { CredentialRevocation } from './user/credential-revocation.js';
import { AvailabilityService } from './user/availability.service.js';
import { ForeignNames } from './user/foreign-names.js';
import { UsernameProposals } from './user/username-proposals.js';
import { AdminBootstrap } from './user/admin-bootstrap.service.js';
import { AdminCreation } from './user/admin-creation.service.js';
import { ProfileService } from './user/profile.service.js';
import { Reauthentication } from './user/reauthentication.js';
import { SuperAdmins } from './user/super-admins.js';
import { UserDeletionSteps } from './user/user-deletion-steps.js';
import { UserService } from './user/user.service.js';
import { AddressChange } from './verification/address-change.js';
import { AddressClaim } from './verification/address-claim.js';
import { AddressRemovalService } from './verification/address-removal.service.js';
import { AddressRequests } from './verification/address-requests.js';
import { AddressVerificationService } from './verification/address-verification.service.js';
import { EmailChangeMessages } from './verification/email-change-messages.js';
import { EmailChangeService } from './verification/email-change.service.js';
import { EmailVerificationService } from './verification/email-verification.service.js';
import { PhoneChangeSecrets } from './verification/phone-change-secrets.js';
import { PhoneChangeService } from './verification/phone-change.service.js';
import { PhoneVerificationService } from './verification/phone-verification.service.js';
import { ProvenEmailChange } from './verification/proven-email-change.js';
import { ProvenPhoneChange } from './verification/proven-phone-change.js';
import { RemovedAddress } from './verification/removed-address.js';
import { VerificationMessages } from './verification/verification-messages.js';
import {
  EmailVerificationRequestHandler,
  PhoneVerificationRequestHandler,
} from './verification/verification-request.handlers.js';
import { SessionData } from './user-data/session-data.js';
import { UserDataExport } from './user-data/user-data-export.js';
import { WelcomeMail } from './verification/welcome-mail.js';

const LOGIN = [
  AccountCheck,
  ClaimsChanges,
  PasswordCheck,
  LoginService,
  LoginChallenges,
  LoginGates,
  TokenClaims,
  SignInService,
  WaysIn,
];
const SESSIONS = [
  Impersonations,
  LastUseRecorder,
  LogoutService,
  MountedMinter,
  RefreshLookup,
  RefreshReplay,
  RefreshService,
  SessionClaims,
  SessionLiveness,
  SessionRotation,
  SessionService,
  SessionStart,
  SessionTokens,
];
const HTTP = [
  AcceptedIssuerResolver,
  AuthGuard,
  ClientInfoReader,
  ClientInfoPipe,
  CredentialAuthenticator,
  CsrfGuard,
  CsrfPolicy,
  JsonBodyGuard,
  PrincipalUsers,
  RateLimitGuard,
  SignInResponder,
  TokenCookies,
];
const MESSAGES = [MailOutboxHandler, MessageTemplates, Notifications, Outbox, OutboxWorker, SmsOutboxHandler];
const SECRETS = [AddressCooldown, GuessBudget, SingleUseSecrets];
const USERS = [
  AdminBootstrap,
  AdminCreation,
  AvailabilityService,
  ForeignNames,
  UsernameProposals,
  AccountDeletionService,
  AccountLifecycleService,
  AccountRemovalService,
  CredentialRevocation,
  ProfileService,
  Reauthentication,
  SuperAdmins,
  SessionData,
  UserDataExport,
  UserDeletionSteps,
  UserService,
];
const REGISTRATION = [
  AccountCreation,
  OutsideRegistration,
  PendingRegistrations,
  ProvenRegistration,
  RegistrationConfirmation,
  RegistrationMessages,
  RegistrationRequestHandler,
  RegistrationAccess,
  RegistrationService,
];
const VERIFICATION = [
  AddressChange,
  AddressClaim,
  AddressRemovalService,
  AddressRequests,
  AddressVerificationService,
  EmailChangeMessages,
  EmailChangeService,
  EmailVerificationRequestHandler,
  EmailVerificationService,
  PhoneChangeSecrets,
  PhoneChangeService,
  PhoneVerificationRequestHandler,
  PhoneVerificationService,
  ProvenEmailChange,
  ProvenPhoneChange,
  RemovedAddress,
  VerificationMessages,
  WelcomeMail,
];
const PASSWORDS = [
  NewPassword,
  PasswordImport,
  PasswordReplacement,
  PasswordResetCompletion,
  PasswordResetMessages,
  PasswordResetRequestHandler,
  PasswordResetService,
  PasswordService,
  PasswordSetupMessages,
  ResetEligibility,
];
const PAGES = [PageCatalogue];
const NODES = [AccountChangeFeed, CacheCounters];
const MAINTENANCE = [AccountChangeExpiryTask, CounterTask, ExpiryTask, MaintenanceRunner];

/** Everything of core but its options, its repositories and its controllers. */
export const CORE_PROVIDERS: Provider[] = [
  ...CHOSEN_PROVIDERS,
  ...LOGIN,
  ...SESSIONS,
  ...HTTP,
  ...MESSAGES,
  ...SECRETS,
  ...USERS,
  ...REGISTRATION,
  ...VERIFICATION,
  ...PASSWORDS,
  ...PAGES,
  ...NODES,
  ...MAINTENANCE,
];
