import { afterFile } from './native/after-file.js';

/** Asks a database, whichever engine it is on. */
export type Ask = (text: string) => Promise<readonly object[]>;

/** Empties every table, whatever refers to it and whoever may not: the audit log lets nobody else. Deleting is faster than truncating a few rows. */
export const EMPTY_TABLES = `DO $$ DECLARE name text; BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR name IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname = 'castellan' AND tablename <> 'migrations'
  LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
  PERFORM setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false) FROM pg_sequences WHERE schemaname = 'castellan';
END $$`;

/** Alike where two databases have the same tables, columns, constraints, triggers and functions: copies of one template have the same object identifiers. */
const SHAPE = `SELECT md5(concat(
  (SELECT string_agg(concat(oid, relname), ',' ORDER BY oid) FROM pg_class WHERE oid >= 16384),
  (SELECT count(*) FROM pg_attribute),
  (SELECT string_agg(t::text, ',' ORDER BY oid) FROM pg_trigger AS t),
  (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_constraint),
  (SELECT string_agg(oid::text, ',' ORDER BY oid) FROM pg_proc WHERE oid >= 16384))) AS shape`;

interface Spare {
  readonly ask: Ask;
  /** For good. */
  drop(): Promise<void>;
}

/** Databases that a suite has done with, kept for the next one of the same file: to make one takes longer than most suites. */
export class SpareDatabases<Database extends Spare> {
  private readonly spares: Database[] = [];
  private shape: Promise<string> | undefined;

  constructor(private readonly make: () => Promise<Database>) {}

  async take(): Promise<Database> {
    const spare = this.spares.pop();
    if (spare) return spare;
    const made = await this.make();
    await (this.shape ??= shapeOf(made));
    return made;
  }

  /** Keeps it for the next, emptied; drops it where it is not what it was. */
  async giveBack(database: Database): Promise<void> {
    if (!(await this.restore(database))) return database.drop();
    if (this.spares.push(database) > 1) return;
    afterFile(async () => void (await Promise.all(this.spares.splice(0).map((spare) => spare.drop()))));
  }

  private async restore(database: Database): Promise<boolean> {
    try {
      await database.ask(EMPTY_TABLES);
      return (await shapeOf(database)) === (await this.shape);
    } catch {
      return false;
    }
  }
}

async function shapeOf({ ask }: Spare): Promise<string> {
  const [row] = await ask(SHAPE);
  return String(Reflect.get(row ?? {}, 'shape'));
}
