/** Which column stands behind each field of a record; the type makes it complete. */
export type Columns<Row> = { readonly [Field in keyof Row]-?: string };

/** `column AS "field"` for each field, so that a row comes out as its record. */
export function columnList<Row>(columns: Columns<Row>, alias?: string): string {
  const from = alias === undefined ? '' : `${alias}.`;
  return Object.entries<string>(columns)
    .map(([field, column]) => `${from}${column} AS "${field}"`)
    .join(', ');
}

/** Reads a record out of joined rows that come as arrays (`TypeOrmContext.rows`): its first column is the one at `offset`. */
export function recordReader<Row>(columns: Columns<Row>, offset: number): (row: readonly unknown[]) => Row {
  const fields = Object.keys(columns);
  return (row) => {
    const record: Record<string, unknown> = {};
    for (const [at, field] of fields.entries()) record[field] = row[offset + at];
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
