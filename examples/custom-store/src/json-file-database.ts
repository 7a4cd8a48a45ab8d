import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDate } from 'node:util/types';
import { InMemoryDatabase, type InMemoryTable, type TableOptions } from '../../../src/index.js';

interface Row {
  readonly id: string;
}

interface Document {
  readonly version: 1;
  readonly tables: Readonly<Record<string, readonly Row[]>>;
}

/**
 * The shipped in-memory tables, kept in one JSON file. A transaction is on the disk before it counts, and taken back in memory where the disk refuses it.
 * Statements and transactions run one at a time, as in the in-memory store, so the file never holds half of one. One process a file.
 */
export class JsonFileDatabase extends InMemoryDatabase {
  private readonly contents = new Map<string, { rows(): Row[] }>();
  private readonly loaded: Document['tables'];

  constructor(private readonly file: string) {
    super();
    this.loaded = read(file).tables;
  }

  /** Repositories ask for their tables when they are made; each starts with its rows of the file. */
  override table<R extends Row>(name: string, options: TableOptions<R> = {}): InMemoryTable<R> {
    const table = super.table<R>(name, options);
    // What the file holds under this name was written from this very table.
    for (const row of (this.loaded[name] ?? []) as readonly R[]) table.insert(row);
    this.contents.set(name, { rows: () => table.filter() });
    return table;
  }

  /** A statement by itself is a transaction of one statement. */
  override async execute<T>(work: () => T): Promise<T> {
    if (this.transaction) return super.execute(work);
    const { result } = await this.run(() => super.execute(work));
    return result;
  }

  override run<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; afterCommit: (() => void | Promise<void>)[] }> {
    return super.run(async () => {
      const result = await work();
      const written = (this.transaction?.undo.length ?? 0) > 0;
      if (written) await this.save();
      return result;
    });
  }

  private async save(): Promise<void> {
    const tables = Object.fromEntries([...this.contents].map(([name, table]) => [name, table.rows()]));
    await replaceFile(this.file, JSON.stringify({ version: 1, tables } satisfies Document, writeDate));
  }
}

function read(file: string): Document {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return { version: 1, tables: {} };
  }
  const document = JSON.parse(readFileSync(file, 'utf8'), readDate) as { version: number };
  // The place for migrations: a later version of the file would be brought up to date here.
  if (document.version !== 1)
    throw new Error(`${file} is of version ${String(document.version)}, which is not known here.`);
  return document as Document;
}

/** Durable and whole: the data reaches the disk before the name does. */
async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`;
  const handle = await open(draft, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

/** JSON has no dates. `this` holds the value as it was before `toJSON` made a string of it. */
function writeDate(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value;
  return isDate(original) ? { $date: original.getTime() } : value;
}

function readDate(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$date' in value && typeof value.$date === 'number'
    ? new Date(value.$date)
    : value;
}
