/** Work that comes again and again. */
export interface Job {
  /** Lower case and underscores, unique. */
  readonly name: string;
  readonly intervalMs: number;
  readonly run: () => Promise<void>;
}
