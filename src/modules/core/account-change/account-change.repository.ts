import type { AccountChange, ChangedSubject } from './account-change.js';

/** Where a reader of the changes stands; opaque. */
export type ChangePosition = string;

/**
 * The changes of accounts and sessions that a session check depends on, in the order of their commits or later. The store appends them by itself in the
 * transaction of the change, whoever makes it.
 */
export abstract class AccountChangeRepository {
  /** Whether the store keeps changes at all. Without them nothing may be cached. */
  abstract readonly keepsChanges: boolean;
  /**
   * Every change that was not visible yet at `after`, some of those before it again, and a position to go on from; with `null` the position alone. Needs nothing
   * of the connection, so it works behind a pooler in transaction mode.
   */
  abstract since(after: ChangePosition | null): Promise<{ changes: AccountChange[]; until: ChangePosition }>;
  /** Calls back for what this process changes, after its commit and before the writer goes on. */
  abstract onOwnChange(listener: (subject: ChangedSubject) => void): void;
  /** Removes changes recorded before. */
  abstract deleteBefore(before: Date, limit: number): Promise<number>;
}
