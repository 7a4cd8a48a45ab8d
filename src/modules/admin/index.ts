export { AdminActors, type AdminActor, type AdminRight } from './access/admin-actors.js';
export { AdminAccess } from './access/admin-access.decorator.js';
export { AdminGuard } from './access/admin.guard.js';
export { AdminErrors } from './admin.errors.js';
export {
  AdminPasswordResetForced,
  AdminUserActivated,
  AdminUserCreated,
  AdminUserDeactivated,
  AdminUserEvent,
  AdminUserExported,
  AdminUserUnlocked,
  ImpersonationEnded,
  ImpersonationStarted,
  SuperAdminGranted,
  SuperAdminRevoked,
  UsersDumped,
} from './admin.events.js';
export { admin, AdminModule, type AdminModuleStructure } from './admin.module.js';
export type { AdminOptions } from './admin.options.js';
export { ADMIN_PERMISSIONS, type AdminPermission } from './admin.permissions.js';
export { type BanWish, UserAccess } from './lifecycle/user-access.js';
export { UserPasswords } from './lifecycle/user-passwords.js';
export { type Purge, UserRemoval } from './lifecycle/user-removal.js';
export { UserChanges } from './users/user-changes.js';
export { UserCreation } from './users/user-creation.js';
export { UserListing } from './users/user-listing.js';
export { ImpersonationService, type ImpersonationWish } from './impersonation/impersonation.service.js';
export { UserRoles } from './roles/user-roles.js';
export { UserSessions } from './sessions/user-sessions.js';
export { SecondFactors } from './two-factor/second-factors.js';
export { ADMIN_ENTITIES, ADMIN_REPOSITORIES } from './admin.repositories.js';
export { type BulkAction, BulkRequest, BulkResponse } from './bulk/bulk.dto.js';
export { BulkService } from './bulk/bulk.service.js';
export { UserExports } from './data/user-exports.js';
export {
  type DailyCount,
  DailyCountRepository,
  type DailyMetric,
} from './statistics/daily-count.repository.js';
export { type DayStatistics, type Statistics, StatisticsService } from './statistics/statistics.service.js';
export { type ImportCheckpoint, ImportCheckpointRepository } from './import/import-checkpoint.repository.js';
export { type DumpedUser, UserDump } from './import/user-dump.js';
export { type ImportLine, readCsv, readNdjson } from './import/import-lines.js';
export { type ImportOptions, type ImportResult, UserImport } from './import/user-import.js';
