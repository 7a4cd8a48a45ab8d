import type { INestApplication } from '@nestjs/common';
import { MigrationExecutor } from 'typeorm';
import { castellanMigrations } from '../castellan.schema.js';
import { Storage } from '../shared/persistence/storage.js';
import { TypeOrmContext } from '../shared/persistence/typeorm-context.js';
import { CommandError } from './command-error.js';
import { find, serviceOf } from './services.js';

export interface MigrationState {
  readonly module: string | null;
  readonly name: string;
  /** `unknown`: applied, and no mounted module has it. */
  readonly state: 'applied' | 'pending' | 'unknown';
}

export interface MigrationReport {
  /** Who keeps the ledger: Castellan, the host among its own migrations, or nobody, as the store has no migrations. */
  readonly ledger: 'castellan' | 'host' | 'none';
  readonly migrations: readonly MigrationState[];
}

/** What has been applied to the application's database, and what has not. */
export async function readMigrations(app: INestApplication): Promise<MigrationReport> {
  const status = await serviceOf(app, Storage, 'core').status();
  const migrations = status.map(({ module, name, applied }) => ({
    module,
    name,
    state: module === null ? ('unknown' as const) : applied ? ('applied' as const) : ('pending' as const),
  }));
  const inHost = migrations.some(({ module }) => module !== null) ? [] : await inHostsLedger(app);
  if (inHost.length > 0) return { ledger: 'host', migrations: [...inHost, ...migrations] };
  return { ledger: migrations.length > 0 ? 'castellan' : 'none', migrations };
}

/** For commands that write the ledger. @throws CommandError where it is not Castellan's */
export function assertOwnLedger({ ledger }: MigrationReport): void {
  if (ledger === 'host')
    throw new CommandError(
      'Castellan’s migrations are among the application’s own, in its TypeORM ledger: run them there (typeorm migration:run, migration:revert).',
    );
  if (ledger === 'none') throw new CommandError('The store of this application has no migrations.');
}

/** A host may list Castellan's migrations among those of its DataSource (docs/guides/mounting.md). */
async function inHostsLedger(app: INestApplication): Promise<MigrationState[]> {
  const dataSource = find(app, TypeOrmContext)?.dataSource;
  if (!dataSource) return [];
  const listed = new Set(
    dataSource.migrations.map((migration) => migration.name ?? migration.constructor.name),
  );
  const executed = await new MigrationExecutor(dataSource).getExecutedMigrations();
  const applied = new Set(executed.map(({ name }) => name));
  return castellanMigrations().flatMap(({ module, migrations }) =>
    migrations
      .filter(({ name }) => listed.has(name))
      .map(({ name }) => ({
        module,
        name,
        state: applied.has(name) ? ('applied' as const) : ('pending' as const),
      })),
  );
}
