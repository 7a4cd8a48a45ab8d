import { type CursorKey, encodeCursor } from './cursor.js';
import { COUNTED_ROWS, type Listing, type SortDirection } from './listing.js';

/** One page of a list, as it is answered. */
export interface Page<T> {
  readonly data: T[];
  /** Rows of the whole list, under its filters; `COUNTED_ROWS` stands for so many or more. */
  readonly total: number;
  readonly offset: number;
  readonly limit: number;
  readonly sort_field: string;
  readonly sort_dir: SortDirection;
  /** Passed as `cursor`, in the same order, it continues the list whatever is inserted meanwhile; null at the end. */
  readonly next_cursor: string | null;
}

/**
 * Makes the page of what a repository found: at most `listing.limit` rows and the total, which may be counted to `COUNTED_ROWS` and
 * no further. A repository that read one row more, to see whether there is one, may hand it over too. Where the total does not tell,
 * behind a cursor or past what is counted, a page that is exactly full is taken to have a successor, which may then be empty.
 */
export function toPage<T, SortField extends string>(
  listing: Listing<SortField>,
  rows: readonly T[],
  total: number,
  keyOf: (row: T, sortField: SortField) => CursorKey,
): Page<T> {
  const data = rows.slice(0, listing.limit);
  const last = data.at(-1);
  const continues = last !== undefined && hasMore(listing, rows.length, total);
  return {
    data,
    total,
    offset: listing.offset,
    limit: listing.limit,
    sort_field: listing.sortField,
    sort_dir: listing.sortDir,
    next_cursor: continues ? encodeCursor(listing, keyOf(last, listing.sortField), listing.sortType) : null,
  };
}

/** The same page with its rows turned into something else, such as a response DTO. */
export function mapPage<T, U>(page: Page<T>, map: (row: T) => U): Page<U> {
  return { ...page, data: page.data.map((row) => map(row)) };
}

function hasMore(listing: Listing, found: number, total: number): boolean {
  if (found > listing.limit) return true;
  if (found < listing.limit) return false;
  return listing.cursor !== undefined || total >= COUNTED_ROWS || listing.offset + found < total;
}
