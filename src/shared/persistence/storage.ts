import type { DynamicModule, Provider, Type } from '@nestjs/common';
import type { MigrationInterface } from 'typeorm';

/** The migrations of one module, in their order. */
export interface MigrationGroup {
  readonly module: string;
  readonly migrations: readonly (new () => MigrationInterface)[];
}

export interface MigrationStatus {
  /** `null`: it has been applied, and no mounted module has it: a newer version was here, or a module that is not mounted any more. */
  readonly module: string | null;
  readonly name: string;
  readonly applied: boolean;
}

/** How far to go back: so many migrations, or all that came after one. */
export type RollbackTarget = number | { readonly to: string };

/** Connections of a pool at one moment. */
export interface PoolState {
  readonly total: number;
  readonly idle: number;
  /** Requests that wait for one. */
  readonly waiting: number;
}

/** A store as a whole: drives readiness, stop and the command line. */
export abstract class Storage {
  /** Runs what is pending, core first; simultaneous starters do it once. The names of those that ran here. */
  abstract migrate(extraGroups?: readonly MigrationGroup[]): Promise<string[]>;
  /** Takes back the latest migrations, the last one first; their names. @throws NotMigratedError */
  abstract rollback(target: RollbackTarget): Promise<string[]>;
  abstract status(): Promise<MigrationStatus[]>;
  /** Rejects while the store does not answer. */
  abstract ping(): Promise<void>;
  abstract close(): Promise<void>;

  /** The connections of the store; `null` where it has none. */
  pool(): PoolState | null {
    return null;
  }

  /** Milliseconds that the clock of this machine is ahead of the store's; 0 where the store has none. */
  clockSkewMs(): Promise<number> {
    return Promise.resolve(0);
  }
}

/** A repository port with its shipped implementations. */
export interface RepositoryBinding<T = object> {
  readonly port: abstract new (...args: never[]) => T;
  readonly typeorm: Type<T>;
  readonly memory: Type<T>;
}

/** Chooses what stands behind the repository ports. */
export interface StorageDefinition {
  /** A global Nest module that provides TransactionRunner, Storage and what the repositories inject. */
  readonly module: DynamicModule;
  bind(bindings: readonly RepositoryBinding[]): Provider[];
}
