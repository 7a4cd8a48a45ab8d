import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { RbacRoles1764000004000 } from './1764000004000-rbac-roles.js';

export const RBAC_MIGRATIONS: MigrationGroup = { module: 'rbac', migrations: [RbacRoles1764000004000] };
