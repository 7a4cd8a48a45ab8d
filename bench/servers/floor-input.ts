/** A value of a recorded statement, as a replay needs it. */
export type RecordedValue =
  | { readonly kind: 'same'; readonly value: unknown }
  | { readonly kind: 'email' }
  | { readonly kind: 'user' }
  | { readonly kind: 'now'; readonly offsetMs: number }
  /** Made anew for each request; the same `id` is the same value. */
  | { readonly kind: 'fresh'; readonly id: string; readonly length: number };

export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

/** What the floors are told. */
export interface FloorInput {
  readonly publicKey: string;
  /** Takes the text behind `Bearer`. */
  readonly pointQuery: NamedStatement;
  /** Takes the address of a user. */
  readonly userQuery: NamedStatement;
  readonly login: readonly {
    readonly text: string;
    readonly name?: string;
    readonly values: readonly RecordedValue[];
  }[];
  readonly refreshUpdate: NamedStatement;
  readonly refreshInsert: NamedStatement;
}
