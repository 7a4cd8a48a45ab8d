export interface TransactionOptions {
  /** A statement of this transaction may take so long (milliseconds). @default the connection's own timeout */
  readonly statementTimeoutMs?: number;
  /** Whether a serialization failure, a deadlock, or a connection lost before the commit repeats the work. @default true */
  readonly retry?: boolean;
}

/** Runs work in transactions of the storage; the open one travels in AsyncLocalStorage. */
export abstract class TransactionRunner {
  /** Runs `work` in a transaction; nested calls join the open one. No hashing and no network inside. */
  abstract run<T>(work: () => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** After the outermost commit, at once where no transaction is open; dropped on rollback. What it throws is logged. */
  abstract afterCommit(work: () => void | Promise<void>): void;
  /** Whether a transaction is open here. */
  abstract get active(): boolean;
}
