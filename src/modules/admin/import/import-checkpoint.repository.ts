/** How far an import has come. */
export interface ImportCheckpoint {
  /** What its operator calls it; the same name goes on where it stopped. */
  readonly name: string;
  /** The last line that is done. */
  readonly line: number;
  readonly created: number;
  readonly skipped: number;
  readonly failed: number;
}

/** Each method is one atomic statement. */
export abstract class ImportCheckpointRepository {
  /** How far the import has come; a new one has come nowhere. */
  abstract open(name: string, now: Date): Promise<ImportCheckpoint>;
  /** In the transaction of a batch. `false`: another run of the same import has got past `from`. */
  abstract advance(from: ImportCheckpoint, to: ImportCheckpoint, now: Date): Promise<boolean>;
}
