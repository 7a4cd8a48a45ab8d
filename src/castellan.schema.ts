import { AUDIT_MIGRATIONS } from './migrations/audit/index.js';
import { ADMIN_MIGRATIONS } from './migrations/admin/index.js';
import { CORE_MIGRATIONS } from './migrations/core/index.js';
import { INVITATION_MIGRATIONS } from './migrations/invitation/index.js';
import { OAUTH_MIGRATIONS } from './migrations/oauth/index.js';
import { ORGANIZATION_MIGRATIONS } from './migrations/organization/index.js';
import { RBAC_MIGRATIONS } from './migrations/rbac/index.js';
import { STATELESS_MIGRATIONS } from './migrations/stateless/index.js';
import { TWO_FACTOR_MIGRATIONS } from './migrations/two-factor/index.js';
import { AUDIT_ENTITIES } from './modules/audit/index.js';
import { ADMIN_ENTITIES } from './modules/admin/index.js';
import { CORE_ENTITIES } from './modules/core/index.js';
import { INVITATION_ENTITIES } from './modules/invitation/index.js';
import { OAUTH_ENTITIES } from './modules/oauth/index.js';
import { ORGANIZATION_ENTITIES } from './modules/organization/index.js';
import { RBAC_ENTITIES } from './modules/rbac/index.js';
import { STATELESS_ENTITIES } from './modules/stateless/index.js';
import { TWO_FACTOR_ENTITIES } from './modules/two-factor/index.js';
import type { MigrationGroup } from './shared/persistence/storage.js';

/** Migrations of the modules that own tables, in the order in which they run; core's come first. */
const MIGRATIONS = {
  stateless: STATELESS_MIGRATIONS,
  oauth: OAUTH_MIGRATIONS,
  'two-factor': TWO_FACTOR_MIGRATIONS,
  rbac: RBAC_MIGRATIONS,
  organization: ORGANIZATION_MIGRATIONS,
  invitation: INVITATION_MIGRATIONS,
  audit: AUDIT_MIGRATIONS,
  admin: ADMIN_MIGRATIONS,
} as const satisfies Record<string, MigrationGroup>;

/** A module that owns tables; core is always there. */
export type SchemaModule = keyof typeof MIGRATIONS;

/** Entities of every module, for the DataSource. An entity whose module is not mounted is never asked for. */
export const CASTELLAN_ENTITIES = [
  ...CORE_ENTITIES,
  ...STATELESS_ENTITIES,
  ...TWO_FACTOR_ENTITIES,
  ...OAUTH_ENTITIES,
  ...RBAC_ENTITIES,
  ...ORGANIZATION_ENTITIES,
  ...AUDIT_ENTITIES,
  ...INVITATION_ENTITIES,
  ...ADMIN_ENTITIES,
];

/** Migrations of core and of the modules that are mounted, in their order. @default every module */
export function castellanMigrations(
  modules: readonly SchemaModule[] = Object.keys(MIGRATIONS) as SchemaModule[],
): MigrationGroup[] {
  const ordered = Object.entries(MIGRATIONS).filter(([module]) =>
    modules.some((mounted) => mounted === module),
  );
  return [CORE_MIGRATIONS, ...ordered.map(([, group]) => group)];
}
