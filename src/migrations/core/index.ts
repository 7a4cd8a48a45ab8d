import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { CoreFoundation1764000000000 } from './1764000000000-core-foundation.js';
import { CoreImpersonation1764000000300 } from './1764000000300-impersonation.js';
import { CoreClaimsVersion1764000000100 } from './1764000000100-claims-version.js';

export const CORE_MIGRATIONS: MigrationGroup = {
  module: 'core',
  migrations: [CoreFoundation1764000000000, CoreClaimsVersion1764000000100, CoreImpersonation1764000000300],
};
