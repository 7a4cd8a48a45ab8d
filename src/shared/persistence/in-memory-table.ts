/** As PostgreSQL's own: `isUniqueViolation` recognises it. */
export class UniqueViolation extends Error {
  readonly code = '23505';

  constructor(readonly constraint: string) {
    super(`A unique key is taken: ${constraint}.`);
  }
}

export interface UniqueKey<Row> {
  readonly name: string;
  /** The key of a row; `undefined`: the row does not take part (a partial index). */
  readonly key: (row: Row) => string | undefined;
}

export interface TableOptions<Row> {
  readonly unique?: readonly UniqueKey<Row>[];
  /** Fields that hold the id of a row of another table, and are deleted with it (`deleteReferencing`). */
  readonly references?: readonly { readonly table: string; readonly field: keyof Row & string }[];
}

/** Rows by id. Use it inside `InMemoryDatabase.execute` alone; rows go in and come out as copies. */
export class InMemoryTable<Row extends { readonly id: string }> {
  private readonly rows = new Map<string, Row>();

  constructor(
    private readonly onRollback: (undo: () => void) => void,
    private readonly options: TableOptions<Row>,
  ) {}

  /** @throws UniqueViolation */
  insert(row: Row): Row {
    if (this.rows.has(row.id)) throw new UniqueViolation('primary_key');
    this.assertUnique(row);
    this.write(row.id, structuredClone(row));
    return structuredClone(row);
  }

  get(id: string): Row | undefined {
    const row = this.rows.get(id);
    return row && structuredClone(row);
  }

  find(matches: (row: Row) => boolean): Row | undefined {
    for (const row of this.rows.values()) if (matches(row)) return structuredClone(row);
    return undefined;
  }

  filter(matches: (row: Row) => boolean = () => true): Row[] {
    return [...this.rows.values()].filter(matches).map((row) => structuredClone(row));
  }

  /** @throws UniqueViolation */
  update(id: string, changes: Partial<Row>): Row | undefined {
    const current = this.rows.get(id);
    if (!current) return undefined;
    const changed = { ...current, ...structuredClone(changes) };
    this.assertUnique(changed);
    this.write(id, changed);
    return structuredClone(changed);
  }

  delete(id: string): boolean {
    if (!this.rows.has(id)) return false;
    this.write(id, undefined);
    return true;
  }

  /** Which unique key another row holds, if any. */
  conflictOf(row: Row): string | undefined {
    for (const { name, key } of this.options.unique ?? []) {
      const value = key(row);
      if (value === undefined) continue;
      for (const other of this.rows.values()) if (other.id !== row.id && key(other) === value) return name;
    }
    return undefined;
  }

  private assertUnique(row: Row): void {
    const conflict = this.conflictOf(row);
    if (conflict !== undefined) throw new UniqueViolation(conflict);
  }

  private write(id: string, row: Row | undefined): void {
    const before = this.rows.get(id);
    this.onRollback(() => this.put(id, before));
    this.put(id, row);
  }

  private put(id: string, row: Row | undefined): void {
    if (row) this.rows.set(id, row);
    else this.rows.delete(id);
  }
}
