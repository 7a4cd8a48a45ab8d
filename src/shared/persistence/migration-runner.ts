import type { DataSource, QueryRunner } from 'typeorm';
import { CREATE_SCHEMA, DROP_SCHEMA } from './schema.js';
import type { MigrationGroup, MigrationStatus } from './storage.js';

/** Any constant will do, as long as it is ours: ASCII "castella". */
const LOCK = '7161131988543695969';

interface LedgerRow {
  readonly id: number;
  readonly name: string;
}

/** Runs the migrations of modules in one transaction under an advisory lock: simultaneous starters wait, and then find nothing to do. */
export class MigrationRunner {
  constructor(
    private readonly dataSource: DataSource,
    private readonly groups: readonly MigrationGroup[],
  ) {}

  async up(): Promise<void> {
    const migrations = this.migrations();
    // Not even a ledger, then: the host keeps one of its own.
    if (migrations.length === 0) return;
    await this.locked(async (queryRunner, applied) => {
      for (const { name, migration } of migrations) {
        if (applied.has(name)) continue;
        await migration.up(queryRunner);
        await queryRunner.query('INSERT INTO castellan.migrations ("timestamp", name) VALUES ($1, $2)', [
          Number(name.slice(-13)),
          name,
        ]);
      }
    });
  }

  /** Takes back the latest `steps` migrations that belong to the groups; with the very last one the ledger goes, too. */
  down(steps: number): Promise<void> {
    return this.locked(async (queryRunner, applied) => {
      const latest = this.migrations()
        .filter(({ name }) => applied.has(name))
        .reverse()
        .slice(0, steps);
      for (const { name, migration } of latest) {
        await migration.down(queryRunner);
        await queryRunner.query('DELETE FROM castellan.migrations WHERE name = $1', [name]);
      }
      if (applied.size === latest.length) {
        await queryRunner.query('DROP TABLE castellan.migrations');
        await queryRunner.query(DROP_SCHEMA);
      }
    });
  }

  async status(): Promise<MigrationStatus[]> {
    let applied = new Set<string>();
    const [ledger] = await this.dataSource.query<{ found: string | null }[]>(
      "SELECT to_regclass('castellan.migrations')::text AS found",
    );
    if (ledger?.found)
      applied = new Set(
        (await this.dataSource.query<LedgerRow[]>('SELECT id, name FROM castellan.migrations')).map(
          (row) => row.name,
        ),
      );
    return this.migrations().map(({ module, name }) => ({ module, name, applied: applied.has(name) }));
  }

  private migrations() {
    return this.groups.flatMap(({ module, migrations }) =>
      migrations.map((Migration) => {
        const migration = new Migration();
        return { module, migration, name: migration.name ?? Migration.name };
      }),
    );
  }

  private async locked(
    work: (queryRunner: QueryRunner, applied: ReadonlySet<string>) => Promise<void>,
  ): Promise<void> {
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
      const rows = (await queryRunner.query('SELECT id, name FROM castellan.migrations')) as LedgerRow[];
      await work(queryRunner, new Set(rows.map((row) => row.name)));
      await queryRunner.commitTransaction();
    } catch (error) {
      if (queryRunner.isTransactionActive) await queryRunner.rollbackTransaction().catch(() => undefined);
      throw error;
    } finally {
      await queryRunner.release();
    }
  }
}
