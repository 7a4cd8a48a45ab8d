import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { AdminFoundation1764000008000 } from './1764000008000-admin-foundation.js';

/** Tables of the module `admin`. */
export const ADMIN_MIGRATIONS: MigrationGroup = {
  module: 'admin',
  migrations: [AdminFoundation1764000008000],
};
