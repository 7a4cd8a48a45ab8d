/** What a spreadsheet would take for a formula (OWASP, "CSV injection"). */
const FORMULA = /^[=+\-@\t\r]/;

/** One line of RFC 4180, every field quoted; what would be a formula is text, behind an apostrophe. */
export function csvLine(fields: readonly (string | null)[]): string {
  return `${fields.map((field) => quoted(field ?? '')).join(',')}\r\n`;
}

function quoted(field: string): string {
  const text = FORMULA.test(field) ? `'${field}` : field;
  return `"${text.replaceAll('"', '""')}"`;
}
