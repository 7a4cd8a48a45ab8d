/** Which column stands behind each field of a record; the type makes it complete. */
export type Columns<Row> = { readonly [Field in keyof Row]-?: string };

/** `column AS "field"` for each field, so that a row comes out as its record. With a prefix, as `"prefix.field"` for `pick`. */
export function columnList<Row>(columns: Columns<Row>, alias?: string, prefix?: string): string {
  const from = alias === undefined ? '' : `${alias}.`;
  const to = prefix === undefined ? '' : `${prefix}.`;
  return Object.entries<string>(columns)
    .map(([field, column]) => `${from}${column} AS "${to}${field}"`)
    .join(', ');
}

/** The record of `prefix` out of a joined row. */
export function pick<Row>(
  row: Readonly<Record<string, unknown>>,
  columns: Columns<Row>,
  prefix: string,
): Row {
  return Object.fromEntries(Object.keys(columns).map((field) => [field, row[`${prefix}.${field}`]])) as Row;
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
