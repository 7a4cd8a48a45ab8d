import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { Organization1764000005000 } from './1764000005000-organization.js';

/** Tables of the module `organization`. */
export const ORGANIZATION_MIGRATIONS: MigrationGroup = {
  module: 'organization',
  migrations: [Organization1764000005000],
};
