import { randomBytes, randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe } from '@jest/globals';
import type { NewUser, UserRecord } from '../../modules/core/user/user.js';
import { UserRepository } from '../../modules/core/user/user.repository.js';

/** A port: the abstract class that is interface and DI token in one. */
export type Port<T> = abstract new (...args: never[]) => T;

/** The store under test: `createContractStore` makes one. */
export interface ContractStore {
  get<T>(port: Port<T>): T;
  close?(): void | Promise<void>;
}

/** Called before each test; has to give an empty store. */
export type ContractSetup = () => ContractStore | Promise<ContractStore>;

export type Ports = <T>(port: Port<T>) => T;

/** A suite with a fresh store for each of its tests. */
export function describeContract(title: string, setup: ContractSetup, suite: (ports: Ports) => void): void {
  describe(title, () => {
    let store: ContractStore | undefined;

    beforeEach(async () => {
      store = await setup();
    });
    afterEach(async () => {
      await store?.close?.();
      store = undefined;
    });

    suite((port) => {
      if (!store) throw new Error('A port is there inside a test alone.');
      return store.get(port);
    });
  });
}

/** The application's time in all suites; far from the store's own. */
export const NOW = new Date('2026-01-01T00:00:00.000Z');
export const MINUTE_MS = 60_000;

export function later(milliseconds: number): Date {
  return new Date(NOW.getTime() + milliseconds);
}

/** Runs `work` so often at once. */
export function simultaneously<T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, (_, index) => work(index)));
}

export function present<T>(values: readonly (T | null)[]): T[] {
  return values.filter((value): value is T => value !== null);
}

/** What SHA-256 in hex looks like. */
export function hash(): string {
  return randomBytes(32).toString('hex');
}

export function newUser(values: Partial<NewUser> = {}): NewUser {
  return { id: randomUUID(), createdAt: NOW, ...values };
}

export async function createUser(ports: Ports, values: Partial<NewUser> = {}): Promise<UserRecord> {
  const written = await ports(UserRepository).create(newUser(values));
  if (!('user' in written)) throw new Error(`The user could not be made: ${JSON.stringify(written)}`);
  return written.user;
}
