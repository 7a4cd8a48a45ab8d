/** Which column stands behind each field of a record; the type makes it complete. */
export type Columns<Row> = { readonly [Field in keyof Row]-?: string };

/** `column AS "field"` for each field, so that a row comes out as its record. */
export function columnList<Row>(columns: Columns<Row>, alias?: string): string {
  const from = alias === undefined ? '' : `${alias}.`;
  return Object.entries<string>(columns)
    .map(([field, column]) => `${from}${column} AS "${field}"`)
    .join(', ');
}

/** Fields of a record that hold instants; the type makes it complete. */
export type Instants<Row> = {
  readonly [Field in keyof Row as Date extends Row[Field] ? Field : never]-?: true;
};

/** `column, column …`, for the array that `recordReader` reads. */
export function plainColumns<Row>(columns: Columns<Row>, alias: string): string {
  return Object.values<string>(columns)
    .map((column) => `${alias}.${column}`)
    .join(', ');
}

/**
 * Reads a record out of an array of JSON (`json_build_array`): its first column is the one at `offset`. JSON has no instants, so that those are named. For
 * joins on hot paths: to describe sixty columns in each answer costs PostgreSQL and `pg` more than the row itself.
 */
export function recordReader<Row>(
  columns: Columns<Row>,
  instants: Instants<Row>,
  offset: number,
): (row: readonly unknown[]) => Row {
  const fields = Object.keys(columns).map((name) => ({ name, isInstant: name in instants }));
  return (row) => {
    const record: Record<string, unknown> = {};
    let at = offset;
    for (const { name, isInstant } of fields) {
      const value = row[at];
      record[name] = isInstant && typeof value === 'string' ? new Date(value) : value;
      at += 1;
    }
    return record as Row;
  };
}

/** `INSERT INTO table (columns) VALUES ($1 …)` of a record, and its values. Arrays and objects of jsonb columns have to be passed as JSON text. */
export function insertOf<Row extends object>(
  table: string,
  columns: Columns<Row>,
  row: Row,
): { text: string; values: unknown[] } {
  const fields = Object.entries<string>(columns);
  const names = fields.map(([, column]) => column).join(', ');
  const places = fields.map((_, index) => `$${index + 1}`).join(', ');
  const values = fields.map(([field]) => Reflect.get(row, field) as unknown);
  return { text: `INSERT INTO ${table} (${names}) VALUES (${places})`, values };
}
