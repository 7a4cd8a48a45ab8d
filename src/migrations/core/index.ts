import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { CoreFoundation1764000000000 } from './1764000000000-core-foundation.js';
import { CoreImpersonation1764000000300 } from './1764000000300-impersonation.js';
import { CoreClaimsVersion1764000000100 } from './1764000000100-claims-version.js';
import { CoreAccountChanges1764000000700 } from './1764000000700-account-changes.js';
import { CoreJobs1764000000800 } from './1764000000800-jobs.js';
import { CoreUserListing1764000000900 } from './1764000000900-user-listing.js';

export const CORE_MIGRATIONS: MigrationGroup = {
  module: 'core',
  migrations: [
    CoreFoundation1764000000000,
    CoreClaimsVersion1764000000100,
    CoreImpersonation1764000000300,
    CoreAccountChanges1764000000700,
    CoreJobs1764000000800,
    CoreUserListing1764000000900,
  ],
};
