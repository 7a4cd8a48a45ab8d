export { createTestAuth, type TestAuth, type TestAuthOptions } from './create-test-auth.js';
export {
  type Answer,
  type AnswerBody,
  type Exchange,
  type RequestOptions,
  TestClient,
} from './test-client.js';
export { TEST_SECRETS, TEST_SIGNING_KEYS, testKeyRing, testSigningKeys } from './test-keys.js';
export { TestMailbox } from './test-mailbox.js';
export { FakeClock } from '../shared/time/fake-clock.js';
export { InMemoryMailSender } from '../modules/core/mail/mail-sender.js';
export { InMemorySmsSender } from '../modules/core/sms/sms-sender.js';
export {
  type ContractSetup,
  type ContractStore,
  type ContractStoreOptions,
  createContractStore,
  describeAccountRepository,
  describeAttemptBudgetRepository,
  describeAuditCheckpointRepository,
  describeAuditLogRepository,
  describeBlacklistRepository,
  describeJobRepository,
  describeInvitationRepository,
  describeLoginAttemptRepository,
  describeMemberRepository,
  describeOrganizationRepository,
  describeOutboxRepository,
  describePendingRegistrationRepository,
  describeRepositories,
  describeRoleAssignmentRepository,
  describeRoleRepository,
  describeSessionRepository,
  describeSlugRepository,
  describeTeamRepository,
  describeBackupCodeRepository,
  describeTrustedDeviceRepository,
  describeTwoFactorRepository,
  describeTokenRepository,
  describeTransactionRunner,
  describeImpersonationRepository,
  describeUserAdministrationRepository,
  describeAccountStatisticsRepository,
  describeDailyCountRepository,
  describeImportCheckpointRepository,
  describeUserRepository,
  type Port,
} from './contract/index.js';
export {
  describeEphemeralStore,
  type EphemeralStoreUnderTest,
} from '../shared/ephemeral/ephemeral-store.contract.js';
