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

/** The columns of those fields alone. */
export function picked<Row, Field extends keyof Row>(
  columns: Columns<Row>,
  fields: readonly Field[],
): Columns<Pick<Row, Field>> {
  return Object.fromEntries(fields.map((field) => [field, columns[field]])) as Columns<Pick<Row, Field>>;
}

/** A table of a join, and what of it is read. */
export interface JoinedPart<Row> {
  readonly alias: string;
  readonly columns: Columns<Row>;
  readonly instants: Instants<Row>;
}

/** What a join answers, in one array of JSON. */
export interface JsonRow<Row> {
  /** `json_build_array(…)`. */
  readonly expression: string;
  read(array: readonly unknown[]): Row;
}

/**
 * Reads the records of a join out of one array of JSON. JSON has no instants, so that those are named. For hot paths: to describe sixty columns in each
 * answer costs PostgreSQL and `pg` more than the row itself. `more`: further expressions at the end of the array.
 */
export function jsonRow<Rows extends object>(
  parts: { readonly [Name in keyof Rows]: JoinedPart<Rows[Name]> },
  ...more: readonly string[]
): JsonRow<Rows> {
  const named = Object.entries<JoinedPart<unknown>>(parts);
  const expressions = named.flatMap(([, { alias, columns }]) =>
    Object.values<string>(columns).map((column) => `${alias}.${column}`),
  );
  let offset = 0;
  const readers = named.map(([name, { columns, instants }]) => {
    const read = recordReader(columns, instants, offset);
    offset += Object.keys(columns).length;
    return { name, read };
  });
  return {
    expression: `json_build_array(${[...expressions, ...more].join(', ')})`,
    read(array) {
      const rows: Record<string, unknown> = {};
      for (const { name, read } of readers) rows[name] = read(array);
      return rows as Rows;
    },
  };
}

function recordReader<Row>(
  columns: Columns<Row>,
  instants: Instants<Row>,
  offset: number,
): (array: readonly unknown[]) => Row {
  const fields = Object.keys(columns).map((name) => ({ name, isInstant: name in instants }));
  return (array) => {
    const record: Record<string, unknown> = {};
    let at = offset;
    for (const { name, isInstant } of fields) {
      const value = array[at];
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
