import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { Organization1764000005000 } from './1764000005000-organization.js';
import { OrganizationMembersByRole1764000005100 } from './1764000005100-members-by-role.js';

/** Tables of the module `organization`. */
export const ORGANIZATION_MIGRATIONS: MigrationGroup = {
  module: 'organization',
  migrations: [Organization1764000005000, OrganizationMembersByRole1764000005100],
};
