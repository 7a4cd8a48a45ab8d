import { CORE_MIGRATIONS } from './migrations/core/index.js';
import { STATELESS_MIGRATIONS } from './migrations/stateless/index.js';
import { CORE_ENTITIES } from './modules/core/index.js';
import { STATELESS_ENTITIES } from './modules/stateless/index.js';
import type { MigrationGroup } from './shared/persistence/storage.js';

/** Modules that own tables; core's are always there. */
export type SchemaModule = 'stateless';

const MIGRATIONS: Readonly<Record<SchemaModule, MigrationGroup>> = { stateless: STATELESS_MIGRATIONS };

/** Entities of every module, for the DataSource. An entity whose module is not mounted is never asked for. */
export const CASTELLAN_ENTITIES = [...CORE_ENTITIES, ...STATELESS_ENTITIES];

/** Migrations of core and of the modules that are mounted, in their order. @default every module */
export function castellanMigrations(modules: readonly SchemaModule[] = ['stateless']): MigrationGroup[] {
  return [CORE_MIGRATIONS, ...modules.map((module) => MIGRATIONS[module])];
}
