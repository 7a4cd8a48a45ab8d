import { describeAccountRepository } from './account-repository.contract.js';
import { describeAttemptBudgetRepository } from './attempt-budget-repository.contract.js';
import { describeAuditCheckpointRepository } from './audit-checkpoint-repository.contract.js';
import { describeAuditLogRepository } from './audit-log-repository.contract.js';
import { describeBackupCodeRepository } from './backup-code-repository.contract.js';
import { describeBlacklistRepository } from './blacklist-repository.contract.js';
import type { ContractSetup } from './contract-store.js';
import { describeJobRepository } from './job-repository.contract.js';
import { describeInvitationRepository } from './invitation-repository.contract.js';
import { describeLoginAttemptRepository } from './login-attempt-repository.contract.js';
import { describeMemberRepository } from './member-repository.contract.js';
import { describeOrganizationRepository } from './organization-repository.contract.js';
import { describeOutboxRepository } from './outbox-repository.contract.js';
import { describePendingRegistrationRepository } from './pending-registration-repository.contract.js';
import { describeRoleAssignmentRepository } from './role-assignment-repository.contract.js';
import { describeRoleRepository } from './role-repository.contract.js';
import { describeSessionRepository } from './session-repository.contract.js';
import { describeSlugRepository } from './slug-repository.contract.js';
import { describeTeamRepository } from './team-repository.contract.js';
import { describeTokenRepository } from './token-repository.contract.js';
import { describeTransactionRunner } from './transaction-runner.contract.js';
import { describeTrustedDeviceRepository } from './trusted-device-repository.contract.js';
import { describeTwoFactorRepository } from './two-factor-repository.contract.js';
import { describeImpersonationRepository } from './impersonation-repository.contract.js';
import { describeUserAdministrationRepository } from './user-administration-repository.contract.js';
import {
  describeAccountStatisticsRepository,
  describeDailyCountRepository,
} from './statistics-repositories.contract.js';
import { describeImportCheckpointRepository } from './import-checkpoint-repository.contract.js';
import { describeUserRepository } from './user-repository.contract.js';

/** Every contract suite, for a whole store. */
export function describeRepositories(name: string, setup: ContractSetup): void {
  describeTransactionRunner(name, setup);
  describeUserRepository(name, setup);
  describeImportCheckpointRepository(name, setup);
  describeAccountStatisticsRepository(name, setup);
  describeDailyCountRepository(name, setup);
  describeUserAdministrationRepository(name, setup);
  describeImpersonationRepository(name, setup);
  describeSessionRepository(name, setup);
  describeTokenRepository(name, setup);
  describeAttemptBudgetRepository(name, setup);
  describeLoginAttemptRepository(name, setup);
  describePendingRegistrationRepository(name, setup);
  describeOutboxRepository(name, setup);
  describeJobRepository(name, setup);
  describeBlacklistRepository(name, setup);
  describeAccountRepository(name, setup);
  describeRoleRepository(name, setup);
  describeRoleAssignmentRepository(name, setup);
  describeOrganizationRepository(name, setup);
  describeMemberRepository(name, setup);
  describeSlugRepository(name, setup);
  describeTeamRepository(name, setup);
  describeInvitationRepository(name, setup);
  describeTwoFactorRepository(name, setup);
  describeBackupCodeRepository(name, setup);
  describeTrustedDeviceRepository(name, setup);
  describeAuditLogRepository(name, setup);
  describeAuditCheckpointRepository(name, setup);
}
