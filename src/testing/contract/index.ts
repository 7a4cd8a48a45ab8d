export { describeAccountRepository } from './account-repository.contract.js';
export { describeAttemptBudgetRepository } from './attempt-budget-repository.contract.js';
export { describeBlacklistRepository } from './blacklist-repository.contract.js';
export type { ContractSetup, ContractStore, Port } from './contract-store.js';
export { type ContractStoreOptions, createContractStore } from './create-contract-store.js';
export { describeRepositories } from './describe-repositories.js';
export { describeJobRepository } from './job-repository.contract.js';
export { describeInvitationRepository } from './invitation-repository.contract.js';
export { describeLoginAttemptRepository } from './login-attempt-repository.contract.js';
export { describeOutboxRepository } from './outbox-repository.contract.js';
export { describePendingRegistrationRepository } from './pending-registration-repository.contract.js';
export { describeRoleAssignmentRepository } from './role-assignment-repository.contract.js';
export { describeRoleRepository } from './role-repository.contract.js';
export { describeSessionRepository } from './session-repository.contract.js';
export { describeTokenRepository } from './token-repository.contract.js';
export { describeTransactionRunner } from './transaction-runner.contract.js';
export { describeImpersonationRepository } from './impersonation-repository.contract.js';
export { describeUserAdministrationRepository } from './user-administration-repository.contract.js';
export {
  describeAccountStatisticsRepository,
  describeDailyCountRepository,
} from './statistics-repositories.contract.js';
export { describeImportCheckpointRepository } from './import-checkpoint-repository.contract.js';
export { describeUserRepository } from './user-repository.contract.js';
export { describeMemberRepository } from './member-repository.contract.js';
export { describeOrganizationRepository } from './organization-repository.contract.js';
export { describeSlugRepository } from './slug-repository.contract.js';
export { describeTeamRepository } from './team-repository.contract.js';
export { describeBackupCodeRepository } from './backup-code-repository.contract.js';
export { describeTrustedDeviceRepository } from './trusted-device-repository.contract.js';
export { describeTwoFactorRepository } from './two-factor-repository.contract.js';
export { describeAuditCheckpointRepository } from './audit-checkpoint-repository.contract.js';
export { describeAuditLogRepository } from './audit-log-repository.contract.js';
