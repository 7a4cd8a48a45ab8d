import type { DataSource, QueryRunner } from 'typeorm';
import { CREATE_SCHEMA, DROP_SCHEMA } from './schema.js';
import type { MigrationGroup, MigrationStatus, RollbackTarget } from './storage.js';

/** Any constant will do, as long as it is ours: ASCII "castella". */
const LOCK = '7161131988543695969';

/** The migration to go back to has not been applied, or there is none of the name. */
export class NotMigratedError extends Error {}

interface LedgerRow {
  readonly name: string;
}

/** Runs the migrations of modules in one transaction under an advisory lock: simultaneous starters wait, and then find nothing to do. */
export class MigrationRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: readonly MigrationGroup[],
  ) {}

  /** The names of those that ran. */
  async up(): Promise<string[]> {
    const migrations = this.migrations();
    // Not even a ledger, then: the host keeps one of its own.
    if (migrations.length === 0) return [];
    return this.locked(async (queryRunner, applied) => {
      const pending = migrations.filter(({ name }) => !applied.has(name));
      for (const { name, migration } of pending) {
        await migration.up(queryRunner);
        await queryRunner.query('INSERT INTO castellan.migrations ("timestamp", name) VALUES ($1, $2)', [
          Number(name.slice(-13)),
          name,
        ]);
      }
      return pending.map(({ name }) => name);
    });
  }

  /**
   * Takes back the latest migrations that belong to the groups, and returns their names; with the very last one the ledger goes, too.
   * @throws NotMigratedError
   */
  async down(target: RollbackTarget): Promise<string[]> {
    if (this.migrations().length === 0) return [];
    return this.locked(async (queryRunner, applied) => {
      const known = this.migrations().filter(({ name }) => applied.has(name));
      const latest = known.slice(firstBehind(target, known)).reverse();
      for (const { name, migration } of latest) {
        await migration.down(queryRunner);
        await queryRunner.query('DELETE FROM castellan.migrations WHERE name = $1', [name]);
      }
      if (applied.size === latest.length) {
        await queryRunner.query('DROP TABLE castellan.migrations');
        await queryRunner.query(DROP_SCHEMA);
      }
      return latest.map(({ name }) => name);
    });
  }

  /** In the order in which they run; behind them what the ledger has beside. */
  async status(): Promise<MigrationStatus[]> {
    const applied = await this.applied();
    const known = this.migrations().map(({ module, name }) => ({ module, name, applied: applied.has(name) }));
    const unknown = [...applied].filter((name) => !known.some((migration) => migration.name === name));
    return [...known, ...unknown.map((name) => ({ module: null, name, applied: true }))];
  }

  private async applied(): Promise<ReadonlySet<string>> {
    const [ledger] = await this.dataSource.query<{ found: string | null }[]>(
      "SELECT to_regclass('castellan.migrations')::text AS found",
    );
    if (!ledger?.found) return new Set();
    const rows = await this.dataSource.query<LedgerRow[]>(
      'SELECT name FROM castellan.migrations ORDER BY id',
    );
    return new Set(rows.map((row) => row.name));
  }

  private migrations() {
    return this.groups.flatMap(({ module, migrations }) =>
      migrations.map((Migration) => {
        const migration = new Migration();
        return { module, migration, name: migration.name ?? Migration.name };
      }),
    );
  }

  private async locked<T>(
    work: (queryRunner: QueryRunner, applied: ReadonlySet<string>) => Promise<T>,
  ): Promise<T> {
    const queryRunner = this.dataSource.createQueryRunner();
    try {
      await queryRunner.startTransaction();
      await queryRunner.query(
        "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '0', true)",
      );
      await queryRunner.query('SELECT pg_advisory_xact_lock($1)', [LOCK]);
      // The ledger is in it, so that it has to be there before the migration that makes it.
      await queryRunner.query(CREATE_SCHEMA);
      await queryRunner.query(
        'CREATE TABLE IF NOT EXISTS castellan.migrations (id serial PRIMARY KEY, "timestamp" bigint NOT NULL, name varchar NOT NULL UNIQUE)',
      );
      const rows = (await queryRunner.query('SELECT name FROM castellan.migrations')) as LedgerRow[];
      const result = await work(queryRunner, new Set(rows.map((row) => row.name)));
      await queryRunner.commitTransaction();
      return result;
    } catch (error) {
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await queryRunner.release();
    }
  }
}

/** Where in the migrations that have been applied the ones to take back begin. */
function firstBehind(target: RollbackTarget, applied: readonly { readonly name: string }[]): number {
  if (typeof target === 'number') return Math.max(0, applied.length - target);
  const index = applied.findIndex(({ name }) => name === target.to);
  if (index < 0) throw new NotMigratedError(`${target.to} is no migration that has been applied.`);
  return index + 1;
}
