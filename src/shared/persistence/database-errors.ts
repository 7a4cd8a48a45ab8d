import { AuthError } from '../errors/auth-error.js';
import { defineErrors } from '../errors/define-errors.js';

export const PersistenceErrors = defineErrors('storage', {
  unavailable: { status: 503, title: 'The storage does not answer. Try again shortly.' },
  invalid_value: { status: 400, title: 'A value cannot be stored.' },
  reference_gone: { status: 404, title: 'Something that this belongs to has been deleted.' },
});

interface DriverError {
  readonly code?: unknown;
  readonly constraint?: unknown;
  readonly message?: unknown;
}

/** SQLSTATE of values that no column takes: NUL, bad uuid, overflow, bad LIKE escape, bad JSON text. */
const INVALID_VALUES = new Set(['22021', '22P02', '22003', '22025', '22P05', '22007', '22008']);
/** Serialization failure and deadlock, where repeating it did not help or was not safe. */
const CONTENDED = new Set(['40001', '40P01']);
/** A foreign key: what a row belongs to was deleted while the row was being written. */
const REFERENCE_GONE = '23503';
const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
/** What `pg`, its pool and TypeORM (which lets go of a connection that broke in a transaction) say without a code. */
const CONNECTION_MESSAGES =
  /connection terminated|timeout exceeded when trying to connect|cannot use a pool after|not queryable|connection error|query runner already released/i;

/** The driver's own error under what TypeORM wraps around it. */
export function driverErrorOf(error: unknown): DriverError | undefined {
  if (typeof error !== 'object' || error === null) return undefined;
  return 'driverError' in error && typeof error.driverError === 'object' && error.driverError !== null
    ? error.driverError
    : error;
}

export function sqlStateOf(error: unknown): string | undefined {
  const code = driverErrorOf(error)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** Whether a unique constraint (`constraint`, where it is named) refused a write; true for the in-memory store's own error too. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    sqlStateOf(error) === '23505' &&
    (constraint === undefined || driverErrorOf(error)?.constraint === constraint)
  );
}

/** Whether the connection is gone, could not be had, or the statement ran out of time. */
export function isUnavailable(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code === undefined)
    return (
      typeof driverErrorOf(error)?.message === 'string' &&
      CONNECTION_MESSAGES.test(String(driverErrorOf(error)?.message))
    );
  return (
    code.startsWith('08') ||
    code.startsWith('57P') ||
    code.startsWith('53') ||
    code === '57014' ||
    code === '55P03' ||
    UNREACHABLE.has(code)
  );
}

/** Errors of the database that have an answer of their own; `undefined` for all others. */
export function translateDatabaseError(error: unknown): AuthError | undefined {
  const state = sqlStateOf(error) ?? '';
  if (isUnavailable(error) || CONTENDED.has(state))
    return new AuthError(PersistenceErrors.unavailable, { cause: error, retryAfterSeconds: 1 });
  if (INVALID_VALUES.has(state)) return new AuthError(PersistenceErrors.invalid_value, { cause: error });
  if (state === REFERENCE_GONE) return new AuthError(PersistenceErrors.reference_gone, { cause: error });
  return undefined;
}
