import { type CursorKey, decodeCursor, type SortType } from './cursor.js';

export type SortDirection = 'asc' | 'desc';

/** A list as a client asks for it; everything may be missing or out of range. `ListingQuery` is its DTO. */
export interface ListingOpts {
  readonly offset?: number;
  readonly limit?: number;
  readonly sort_field?: string;
  readonly sort_dir?: string;
  readonly cursor?: string;
}

declare const normalized: unique symbol;

/**
 * A list as a repository takes it: every value is in range and the field is one of the allowed. Made by `normalize` alone.
 * `id` breaks ties, in the sort's direction; null sorts above every value, as in PostgreSQL.
 */
export interface Listing<SortField extends string = string> {
  readonly [normalized]: true;
  /** Rows to skip; 0 where there is a cursor. */
  readonly offset: number;
  /** The most rows to answer. */
  readonly limit: number;
  readonly sortField: SortField;
  readonly sortDir: SortDirection;
  /** What the field holds. */
  readonly sortType: SortType;
  /** Continue behind this row. */
  readonly cursor?: CursorKey;
}

/** What an entity's list allows. */
export interface ListingDefinition<SortField extends string = string> {
  readonly sortable: readonly SortField[];
  readonly defaultSort: SortField;
  readonly maxLimit: number;
  /** Brings a request into range. Throws `core.validation_failed` for a cursor that is malformed or of another order, and for nothing else. */
  normalize(options?: ListingOpts): Listing<SortField>;
}

export interface ListingSettings<Sortable extends readonly string[]> {
  readonly sortable: Sortable;
  /** The type makes it a member of `sortable`. */
  readonly defaultSort: Sortable[number];
  /** Default 100. */
  readonly maxLimit?: number;
  /** What the fields hold. Default: a date where the name ends in `_at`, else a string. */
  readonly types?: Partial<Record<Sortable[number], SortType>>;
}

export const DEFAULT_LIMIT = 20;
export const DEFAULT_MAX_LIMIT = 100;
/** As far as a list is counted: to count a million rows takes longer than the page that the count stands beside. */
export const COUNTED_ROWS = 1_000;

/**
 * Declares how an entity's list may be asked for:
 *
 *     const users = defineListing({ sortable: ['created_at', 'email'], defaultSort: 'created_at' });
 *     const listing = users.normalize(query);   // a service's first line
 */
export function defineListing<const Sortable extends readonly [string, ...string[]]>(
  settings: ListingSettings<Sortable>,
): ListingDefinition<Sortable[number]> {
  type SortField = Sortable[number];
  const { sortable, defaultSort, maxLimit = DEFAULT_MAX_LIMIT } = settings;
  assertSettings(sortable, defaultSort, maxLimit);
  const types: Partial<Record<string, SortType>> = { ...settings.types };
  const typeOf = (field: SortField): SortType => types[field] ?? (field.endsWith('_at') ? 'date' : 'string');

  return Object.freeze({
    sortable,
    defaultSort,
    maxLimit,
    normalize(options: ListingOpts = {}) {
      const order = {
        sortField: sortable.find((field): field is SortField => field === options.sort_field) ?? defaultSort,
        sortDir: directionOf(options.sort_dir),
      };
      const sortType = typeOf(order.sortField);
      const { cursor } = options;
      return brand<SortField>({
        offset: cursor === undefined ? clamp(options.offset, 0, 0, Number.MAX_SAFE_INTEGER) : 0,
        limit: clamp(options.limit, Math.min(DEFAULT_LIMIT, maxLimit), 1, maxLimit),
        ...order,
        sortType,
        ...(cursor === undefined ? {} : { cursor: decodeCursor(cursor, order, sortType) }),
      });
    },
  });
}

function brand<SortField extends string>(
  listing: Omit<Listing<SortField>, typeof normalized>,
): Listing<SortField> {
  return Object.freeze(listing) as Listing<SortField>;
}

function directionOf(direction: string | undefined): SortDirection {
  return typeof direction === 'string' && direction.toLowerCase() === 'asc' ? 'asc' : 'desc';
}

function clamp(value: number | undefined, fallback: number, least: number, most: number): number {
  if (typeof value !== 'number' || Number.isNaN(value)) return fallback;
  return Math.min(Math.max(Math.trunc(value), least), most);
}

function assertSettings(sortable: readonly string[], defaultSort: string, maxLimit: number): void {
  if (!sortable.includes(defaultSort)) throw new TypeError('defaultSort is not sortable');
  if (!Number.isInteger(maxLimit) || maxLimit < 1) throw new TypeError('maxLimit is a whole number above 0');
}
