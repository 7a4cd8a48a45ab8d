import { isDate } from 'node:util/types';
import { AuthError } from '../errors/auth-error.js';
import { GeneralErrors } from '../errors/general.errors.js';
import { isUuid } from '../ids/is-uuid.js';

/** What a list can be sorted by. Dates count to the millisecond. */
export type SortValue = string | number | boolean | Date | null;

/** What a column holds; a cursor with anything else is refused before it reaches the database. */
export type SortType = 'string' | 'number' | 'boolean' | 'date';

/** The row that a page ended with: its value in the sorted field, and its id. */
export interface CursorKey {
  readonly value: SortValue;
  readonly id: string;
}

/** The order that a cursor belongs to. */
export interface CursorOrder {
  readonly sortField: string;
  readonly sortDir: 'asc' | 'desc';
}

/** Longer ones are refused unread; room for the longest value, every character of it escaped. */
const MAX_CURSOR_LENGTH = 8_500;
/** A field that can be longer, in UTF-16 units, is nothing to sort by. */
const MAX_VALUE_LENGTH = 1_024;

/**
 * Opaque to clients: base64url of the JSON of `[field, direction, value, id]`. Holds no secret and needs no signature.
 * Throws a TypeError for what `decodeCursor` would refuse: a value of another type, an id that is no UUID.
 */
export function encodeCursor(order: CursorOrder, key: CursorKey, type: SortType): string {
  const value = isDate(key.value) ? key.value.toISOString() : key.value;
  if (valueOf(value, type) === undefined || !isUuid(key.id)) {
    throw new TypeError(`no cursor: ${order.sortField} is not a ${type} here, or the id not a UUID`);
  }
  return Buffer.from(JSON.stringify([order.sortField, order.sortDir, value, key.id]), 'utf8').toString(
    'base64url',
  );
}

/** Throws `core.validation_failed` on the field `cursor` for a malformed cursor and for one of another order. */
export function decodeCursor(cursor: string, order: CursorOrder, type: SortType): CursorKey {
  const parts = parse(cursor);
  if (!Array.isArray(parts) || parts.length !== 4) throw invalidCursor('malformed', 'cursor is malformed');
  const [field, direction, encoded, id] = parts as readonly unknown[];
  if (field !== order.sortField || direction !== order.sortDir) {
    throw invalidCursor('other_order', 'cursor belongs to a list in another order');
  }
  const value = valueOf(encoded, type);
  if (value === undefined || !isUuid(id)) throw invalidCursor('malformed', 'cursor is malformed');
  return { value, id };
}

function parse(cursor: string): unknown {
  if (cursor.length > MAX_CURSOR_LENGTH || !/^[A-Za-z0-9_-]+$/.test(cursor)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(cursor, 'base64url')));
  } catch {
    return undefined;
  }
}

function valueOf(encoded: unknown, type: SortType): SortValue | undefined {
  if (encoded === null) return null;
  if (type === 'date') return dateOf(encoded);
  if (typeof encoded !== type) return undefined;
  if (typeof encoded === 'string') return isStorableText(encoded) ? encoded : undefined;
  return encoded as number | boolean;
}

/** The canonical form alone, in years that PostgreSQL and everybody else can read. */
function dateOf(encoded: unknown): Date | undefined {
  if (typeof encoded !== 'string' || !/^(?!0000)\d{4}-/.test(encoded)) return undefined;
  const date = new Date(encoded);
  return !Number.isNaN(date.getTime()) && date.toISOString() === encoded ? date : undefined;
}

/** PostgreSQL takes no NUL, and UTF-8 has no lone surrogates. */
function isStorableText(text: string): boolean {
  return text.length <= MAX_VALUE_LENGTH && !/[\0\p{Surrogate}]/u.test(text);
}

function invalidCursor(code: string, message: string): AuthError {
  return new AuthError(GeneralErrors.validation_failed, { fields: [{ field: 'cursor', code, message }] });
}
