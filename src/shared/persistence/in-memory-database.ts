import { AsyncLocalStorage } from 'node:async_hooks';

interface MemoryTransaction {
  /** What takes each write back, oldest first. */
  readonly undo: (() => void)[];
  readonly afterCommit: (() => void | Promise<void>)[];
}

/**
 * What the in-memory repositories share: one lock, as with a database of one connection. A statement runs alone; a transaction holds the lock to its
 * end, and its own statements pass.
 */
export class InMemoryDatabase {
  private readonly storage = new AsyncLocalStorage<MemoryTransaction>();
  private tail: Promise<void> = Promise.resolve();

  get transaction(): MemoryTransaction | undefined {
    return this.storage.getStore();
  }

  /** Runs `work` as one atomic statement: all of its writes, or none. */
  execute<T>(work: () => T): Promise<T> {
    const open = this.transaction;
    if (open) return Promise.resolve().then(() => this.statement(open, work));
    return this.exclusively(() => {
      const single: MemoryTransaction = { undo: [], afterCommit: [] };
      return Promise.resolve(this.storage.run(single, () => this.statement(single, work)));
    });
  }

  /** Runs `work` as a transaction; what it wrote is taken back when it throws. */
  async run<T>(work: () => Promise<T>): Promise<{ result: T; afterCommit: MemoryTransaction['afterCommit'] }> {
    return this.exclusively(async () => {
      const transaction: MemoryTransaction = { undo: [], afterCommit: [] };
      try {
        const result = await this.storage.run(transaction, work);
        return { result, afterCommit: transaction.afterCommit };
      } catch (error) {
        takeBack(transaction, 0);
        throw error;
      }
    });
  }

  /** Runs `work` outside the open transaction. */
  leave<T>(work: () => T): T {
    return this.storage.exit(work);
  }

  /** Tables say how to take a write back. */
  onRollback(undo: () => void): void {
    this.transaction?.undo.push(undo);
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
