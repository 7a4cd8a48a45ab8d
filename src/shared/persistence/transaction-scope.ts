import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * The open transaction, passed on to all that its work does. While none is open nothing is passed on: until Node 24, every AsyncLocalStorage in use costs
 * every promise of the process, one that nobody needs any more too; a session check a tenth, a thousand test applications most of their time.
 */
export class TransactionScope<Transaction> {
  private readonly storage = new AsyncLocalStorage<Transaction>();
  private open = 0;

  get current(): Transaction | undefined {
    return this.storage.getStore();
  }

  async run<T>(transaction: Transaction, work: () => T | Promise<T>): Promise<T> {
    this.open += 1;
    try {
      return await this.storage.run(transaction, work);
    } finally {
      this.open -= 1;
      if (this.open === 0) this.storage.disable();
    }
  }

  /** Runs `work` outside the open transaction. */
  leave<T>(work: () => T): T {
    return this.storage.exit(work);
  }
}
