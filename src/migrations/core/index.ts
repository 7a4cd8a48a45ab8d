import type { MigrationGroup } from '../../shared/persistence/storage.js';
import { CoreFoundation1764000000000 } from './1764000000000-core-foundation.js';

export const CORE_MIGRATIONS: MigrationGroup = { module: 'core', migrations: [CoreFoundation1764000000000] };
