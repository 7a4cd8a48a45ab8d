import type { CursorKey, SortValue } from './cursor.js';
import { COUNTED_ROWS, type Listing } from './listing.js';

/** How each sortable field is read from a row; exhaustive by its type. */
export type SortFields<T, SortField extends string> = Readonly<Record<SortField, (row: T) => SortValue>>;

/** What a repository found: the rows of the page, and how many there are in all, counted to `COUNTED_ROWS` at least. */
export interface Slice<T> {
  readonly rows: T[];
  readonly total: number;
}

/** `keyOf` for `toPage`, from the fields that `paginate` takes. */
export function keyFrom<T extends { readonly id: string }, SortField extends string>(
  fields: SortFields<T, SortField>,
): (row: T, sortField: SortField) => CursorKey {
  return (row, sortField) => ({ value: fields[sortField](row), id: row.id });
}

/**
 * A list in memory: sorts rows that are filtered already, by field and then by id in the same direction, and cuts out the page of
 * at most `limit` rows, by cursor if there is one and else by offset.
 */
export function paginate<T extends { readonly id: string }, SortField extends string>(
  rows: Iterable<T>,
  listing: Listing<SortField>,
  fields: SortFields<T, SortField>,
): Slice<T> {
  const sign = listing.sortDir === 'asc' ? 1 : -1;
  const keyed = Array.from(rows, (row) => ({
    row,
    key: { value: fields[listing.sortField](row), id: row.id },
  }));
  keyed.sort((a, b) => sign * compareKeys(a.key, b.key));
  const { cursor } = listing;
  const behind = cursor ? keyed.filter(({ key }) => sign * compareKeys(key, cursor) > 0) : keyed;
  const page = behind.slice(listing.offset, listing.offset + listing.limit);
  return { rows: page.map(({ row }) => row), total: Math.min(keyed.length, COUNTED_ROWS) };
}

function compareKeys(a: CursorKey, b: CursorKey): number {
  return compareValues(a.value, b.value) || compare(a.id.toLowerCase(), b.id.toLowerCase());
}

/** As PostgreSQL with the collation "C": null above all, false below true, texts by code point. */
function compareValues(a: SortValue, b: SortValue): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return compare(Number(a), Number(b));
}

function compare<V extends string | number>(a: V, b: V): number {
  return a < b ? -1 : Number(a > b);
}
