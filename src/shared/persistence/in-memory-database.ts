import { Injectable } from '@nestjs/common';
import { InMemoryTable, type TableOptions } from './in-memory-table.js';
import { TransactionScope } from './transaction-scope.js';

interface MemoryTransaction {
  /** What takes each write back, oldest first. */
  readonly undo: (() => void)[];
  readonly afterCommit: (() => void | Promise<void>)[];
}

/**
 * What the in-memory repositories share: one lock, as with a database of one connection. A statement runs alone; a transaction holds the lock to its
 * end, and its own statements pass.
 */
@Injectable()
export class InMemoryDatabase {
  /** Deletes, of the table of that name, the rows with that value in that field. */
  private readonly deletions = new Map<string, (field: string, value: string) => void>();
  private readonly lookups = new Map<string, (id: string) => object | undefined>();
  // Each of its own row type, which whoever asks for it knows.
  private readonly tables = new Map<string, unknown>();
  private readonly references: { readonly from: string; readonly field: string; readonly to: string }[] = [];
  private readonly scope = new TransactionScope<MemoryTransaction>();
  private tail: Promise<void> = Promise.resolve();

  get transaction(): MemoryTransaction | undefined {
    return this.scope.current;
  }

  /** Runs `work` as one atomic statement: all of its writes, or none. */
  execute<T>(work: () => T): Promise<T> {
    const open = this.transaction;
    if (open) return Promise.resolve().then(() => this.statement(open, work));
    return this.exclusively(() => {
      const single: MemoryTransaction = { undo: [], afterCommit: [] };
      return this.scope.run(single, () => this.statement(single, work));
    });
  }

  /** Runs `work` as a transaction; what it wrote is taken back when it throws. */
  async run<T>(
    work: () => Promise<T>,
  ): Promise<{ result: T; afterCommit: MemoryTransaction['afterCommit'] }> {
    return this.exclusively(async () => {
      const transaction: MemoryTransaction = { undo: [], afterCommit: [] };
      try {
        const result = await this.scope.run(transaction, work);
        return { result, afterCommit: transaction.afterCommit };
      } catch (error) {
        takeBack(transaction, 0);
        throw error;
      }
    });
  }

  /** Runs `work` outside the open transaction. */
  leave<T>(work: () => T): T {
    return this.scope.leave(work);
  }

  /** Makes the table of that name; to be called once for each. Its rows are touched inside `execute` alone. */
  table<Row extends { readonly id: string }>(
    name: string,
    options: TableOptions<Row> = {},
  ): InMemoryTable<Row> {
    const table = new InMemoryTable<Row>((undo) => this.transaction?.undo.push(undo), options);
    this.tables.set(name, table);
    this.lookups.set(name, (id) => table.get(id));
    this.deletions.set(name, (field, value) => {
      for (const row of table.filter((candidate) => Reflect.get(candidate, field) === value))
        table.delete(row.id);
    });
    for (const reference of options.references ?? [])
      this.references.push({ from: name, field: reference.field, to: reference.table });
    return table;
  }

  /** The table that another repository of the same module has made. @throws where it has not */
  existingTable<Row extends { readonly id: string }>(name: string): InMemoryTable<Row> {
    const table = this.tables.get(name);
    if (!table) throw new Error(`There is no table ${name}.`);
    return table as InMemoryTable<Row>;
  }

  /** A row of another repository's table: for what a join or a foreign key looks at. */
  rowOf(name: string, id: string): object | undefined {
    return this.lookups.get(name)?.(id);
  }

  /** What foreign keys with ON DELETE CASCADE do in the tables that declare a reference to this one. */
  deleteReferencing(name: string, id: string): void {
    for (const { from, field, to } of this.references) if (to === name) this.deleteWhere(from, field, id);
  }

  /** What a foreign key with ON DELETE CASCADE does. */
  deleteWhere(name: string, field: string, value: string): void {
    this.deletions.get(name)?.(field, value);
  }

  private statement<T>(transaction: MemoryTransaction, work: () => T): T {
    const before = transaction.undo.length;
    try {
      return work();
    } catch (error) {
      takeBack(transaction, before);
      throw error;
    }
  }

  private async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.tail;
    let done = (): void => undefined;
    this.tail = new Promise((resolve) => {
      done = resolve;
    });
    await turn;
    try {
      return await work();
    } finally {
      done();
    }
  }
}

function takeBack(transaction: MemoryTransaction, to: number): void {
  while (transaction.undo.length > to) transaction.undo.pop()?.();
}
