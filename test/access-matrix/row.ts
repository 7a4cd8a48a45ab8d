import type { Scene } from './scene.js';

/** A request that is valid whoever sends it. */
export interface Plan {
  /** What stands for `{id}` in the path. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** As it is, where it is text. */
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** @default of the actor’s session */
  readonly token?: string;
}

/** Each with what stands before it. `account`: whoever asks; `organization`: what is asked about, too. */
export type Spending = 'nothing' | 'session' | 'account' | 'organization';

export interface RowOptions {
  /** Which of several requests to one operation this is. */
  readonly variant?: string;
  /** What an allowed request uses up, so that it is made anew for each. @default `nothing` of `GET`, else `organization` */
  readonly spends?: Spending;
}

/** One line of the matrix. */
export interface Row extends RowOptions {
  /** Its id in the OpenAPI document; `*_` stands for the mode. */
  readonly operation: string;
  /** See `ACTORS` and `LETTERS`. */
  readonly cells: string;
  readonly plan: (scene: Scene) => Plan | Promise<Plan>;
}

export function row(
  operation: string,
  cells: string,
  plan: Row['plan'] = () => ({}),
  options: RowOptions = {},
): Row {
  return { operation, cells, plan, ...options };
}
