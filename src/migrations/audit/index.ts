import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { Audit1764000007000 } from './1764000007000-audit.js';

/** Tables of the module `audit`. */
export const AUDIT_MIGRATIONS: MigrationGroup = { module: 'audit', migrations: [Audit1764000007000] };
