import type { RepositoryBinding } from '../../shared/persistence/storage.js';
import { AccountChangeRepository } from './account-change/account-change.repository.js';
import { AuthAccountChange } from './account-change/auth-account-change.entity.js';
import { InMemoryAccountChangeRepository } from './account-change/in-memory-account-change.repository.js';
import { TypeOrmAccountChangeRepository } from './account-change/typeorm-account-change.repository.js';
import { AuthJob } from './job/auth-job.entity.js';
import { InMemoryJobRepository } from './job/in-memory-job.repository.js';
import { JobRepository } from './job/job.repository.js';
import { TypeOrmJobRepository } from './job/typeorm-job.repository.js';
import { AuthOutbox } from './outbox/auth-outbox.entity.js';
import { InMemoryOutboxRepository } from './outbox/in-memory-outbox.repository.js';
import { OutboxRepository } from './outbox/outbox.repository.js';
import { TypeOrmOutboxRepository } from './outbox/typeorm-outbox.repository.js';
import { AuthPendingRegistration } from './registration/auth-pending-registration.entity.js';
import { InMemoryPendingRegistrationRepository } from './registration/in-memory-pending-registration.repository.js';
import { PendingRegistrationRepository } from './registration/pending-registration.repository.js';
import { TypeOrmPendingRegistrationRepository } from './registration/typeorm-pending-registration.repository.js';
import { AuthSessionFamily } from './session/auth-session-family.entity.js';
import { AuthSession } from './session/auth-session.entity.js';
import { InMemorySessionRepository } from './session/in-memory-session.repository.js';
import { ImpersonationRepository } from './session/impersonation.repository.js';
import { InMemoryImpersonationRepository } from './session/in-memory-impersonation.repository.js';
import { TypeOrmImpersonationRepository } from './session/typeorm-impersonation.repository.js';
import { SessionRepository } from './session/session.repository.js';
import { TypeOrmSessionRepository } from './session/typeorm-session.repository.js';
import { AccountStatisticsRepository } from './statistics/account-statistics.repository.js';
import { InMemoryAccountStatisticsRepository } from './statistics/in-memory-account-statistics.repository.js';
import { TypeOrmAccountStatisticsRepository } from './statistics/typeorm-account-statistics.repository.js';
import { AttemptBudgetRepository } from './token/attempt-budget.repository.js';
import { AuthAttemptBudget } from './token/auth-attempt-budget.entity.js';
import { AuthLoginAttempt } from './token/auth-login-attempt.entity.js';
import { AuthToken } from './token/auth-token.entity.js';
import { InMemoryAttemptBudgetRepository } from './token/in-memory-attempt-budget.repository.js';
import { InMemoryLoginAttemptRepository } from './token/in-memory-login-attempt.repository.js';
import { InMemoryTokenRepository } from './token/in-memory-token.repository.js';
import { LoginAttemptRepository } from './token/login-attempt.repository.js';
import { TokenRepository } from './token/token.repository.js';
import { TypeOrmAttemptBudgetRepository } from './token/typeorm-attempt-budget.repository.js';
import { TypeOrmLoginAttemptRepository } from './token/typeorm-login-attempt.repository.js';
import { TypeOrmTokenRepository } from './token/typeorm-token.repository.js';
import { AuthUser } from './user/auth-user.entity.js';
import { InMemoryUserAdministrationRepository } from './user/in-memory-user-administration.repository.js';
import { InMemoryUserRepository } from './user/in-memory-user.repository.js';
import { TypeOrmUserAdministrationRepository } from './user/typeorm-user-administration.repository.js';
import { TypeOrmUserRepository } from './user/typeorm-user.repository.js';
import { UserAdministrationRepository } from './user/user-administration.repository.js';
import { UserRepository } from './user/user.repository.js';

/** Core's tables. */
export const CORE_ENTITIES = [
  AuthUser,
  AuthSessionFamily,
  AuthSession,
  AuthToken,
  AuthAttemptBudget,
  AuthLoginAttempt,
  AuthPendingRegistration,
  AuthOutbox,
  AuthAccountChange,
  AuthJob,
];

/** Core's ports and what ships for each. */
export const CORE_REPOSITORIES: readonly RepositoryBinding[] = [
  { port: UserRepository, typeorm: TypeOrmUserRepository, memory: InMemoryUserRepository },
  {
    port: UserAdministrationRepository,
    typeorm: TypeOrmUserAdministrationRepository,
    memory: InMemoryUserAdministrationRepository,
  },
  { port: SessionRepository, typeorm: TypeOrmSessionRepository, memory: InMemorySessionRepository },
  {
    port: ImpersonationRepository,
    typeorm: TypeOrmImpersonationRepository,
    memory: InMemoryImpersonationRepository,
  },
  {
    port: AccountStatisticsRepository,
    typeorm: TypeOrmAccountStatisticsRepository,
    memory: InMemoryAccountStatisticsRepository,
  },
  { port: TokenRepository, typeorm: TypeOrmTokenRepository, memory: InMemoryTokenRepository },
  {
    port: AttemptBudgetRepository,
    typeorm: TypeOrmAttemptBudgetRepository,
    memory: InMemoryAttemptBudgetRepository,
  },
  {
    port: LoginAttemptRepository,
    typeorm: TypeOrmLoginAttemptRepository,
    memory: InMemoryLoginAttemptRepository,
  },
  {
    port: PendingRegistrationRepository,
    typeorm: TypeOrmPendingRegistrationRepository,
    memory: InMemoryPendingRegistrationRepository,
  },
  { port: OutboxRepository, typeorm: TypeOrmOutboxRepository, memory: InMemoryOutboxRepository },
  { port: JobRepository, typeorm: TypeOrmJobRepository, memory: InMemoryJobRepository },
  {
    port: AccountChangeRepository,
    typeorm: TypeOrmAccountChangeRepository,
    memory: InMemoryAccountChangeRepository,
  },
];
