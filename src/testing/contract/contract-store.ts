import type { TransactionRunner } from '../../shared/persistence/transaction-runner.js';

/** A store under test. Every value of `get` is bound to this one store; tests share it, and make rows of their own. */
export interface ContractStore {
  get<T>(port: abstract new (...args: never[]) => T): T;
  readonly transactions: TransactionRunner;
  close(): Promise<void>;
}

/** Opens a migrated store. */
export type ContractSetup = () => Promise<ContractStore>;

/** As many at once as there are in a race test. */
export function atOnce<T>(count: number, call: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, (_, index) => call(index)));
}

/** The instant at which the contract's time stands still. */
export const NOW = new Date('2026-01-01T12:00:00.000Z');

export function later(ms: number): Date {
  return new Date(NOW.getTime() + ms);
}
