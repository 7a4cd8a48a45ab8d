import { AuthError, type FieldError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import {
  CoreErrors,
  type NewUser,
  parseEmailAddress,
  parsePhoneNumber,
  parseUsername,
} from '../../core/index.js';

/** What a line may hold; in a CSV file the names of its columns. */
export const IMPORT_FIELDS = [
  'email',
  'email_verified',
  'username',
  'phone_number',
  'phone_number_verified',
  'password_hash',
  'name',
  'first_name',
  'last_name',
  'avatar',
  'biography',
  'locale',
  'active',
  'created_at',
] as const;
export type ImportField = (typeof IMPORT_FIELDS)[number];

const LENGTHS = {
  name: 200,
  first_name: 100,
  last_name: 100,
  avatar: 2048,
  biography: 2000,
  locale: 35,
} as const;
const TRUE = ['true', '1', 'yes'];
const FALSE = ['false', '0', 'no'];

/** An account of another system, parsed. */
export type ImportedUser = Omit<NewUser, 'id'>;

/**
 * Reads one record; texts `true` and `false` count as such, and an empty text as nothing, as CSV has no other.
 * @throws core.validation_failed, core.identifier_required, core.invalid_email …
 */
export function readImportRecord(
  record: Readonly<Record<string, unknown>>,
  { now, reservedUsernames }: { readonly now: Date; readonly reservedUsernames: readonly string[] },
): ImportedUser {
  const unknown = Object.keys(record).filter((name) => !IMPORT_FIELDS.some((field) => field === name));
  if (unknown.length > 0) throw invalid(unknown.slice(0, 5).map((field) => problem(field, 'unknown')));
  const read = new RecordReader(record);
  const email = read.text('email', 508);
  const username = read.text('username', 100);
  const phoneNumber = read.text('phone_number', 40);
  if (email === null && username === null && phoneNumber === null)
    throw new AuthError(CoreErrors.identifier_required);
  return {
    email: email === null ? null : parseEmailAddress(email),
    username: username === null ? null : parseUsername(username, reservedUsernames),
    phoneNumber: phoneNumber === null ? null : parsePhoneNumber(phoneNumber),
    emailVerified: email !== null && read.flag('email_verified', false),
    phoneNumberVerified: phoneNumber !== null && read.flag('phone_number_verified', false),
    passwordHash: read.text('password_hash', 300),
    name: read.text('name', LENGTHS.name),
    firstName: read.text('first_name', LENGTHS.first_name),
    lastName: read.text('last_name', LENGTHS.last_name),
    avatar: read.text('avatar', LENGTHS.avatar),
    biography: read.text('biography', LENGTHS.biography),
    locale: read.text('locale', LENGTHS.locale),
    active: read.flag('active', true),
    createdAt: read.instant('created_at', now),
  };
}

class RecordReader {
  constructor(private readonly record: Readonly<Record<string, unknown>>) {}

  text(field: ImportField, longest: number): string | null {
    const value = this.record[field];
    if (value === undefined || value === null || value === '') return null;
    const multiline = field === 'biography' ? /[^\P{Cc}\r\n\t]/u : /\p{Cc}/u;
    if (typeof value !== 'string' || value.length > longest || !value.isWellFormed() || multiline.test(value))
      throw invalid([problem(field, 'invalid')]);
    return value;
  }

  flag(field: ImportField, fallback: boolean): boolean {
    const value = this.record[field];
    if (value === undefined || value === null || value === '') return fallback;
    if (typeof value === 'boolean') return value;
    const text = typeof value === 'string' ? value.toLowerCase() : '';
    if (TRUE.includes(text)) return true;
    if (FALSE.includes(text)) return false;
    throw invalid([problem(field, 'invalid')]);
  }

  /** Not in the future: lists are sorted by it. */
  instant(field: ImportField, now: Date): Date {
    const text = this.text(field, 40);
    if (text === null) return now;
    const instant = new Date(text);
    if (!/^\d{4}-\d\d-\d\d/.test(text) || !(instant.getTime() > 0 && instant <= now))
      throw invalid([problem(field, 'invalid')]);
    return instant;
  }
}

function problem(field: string, code: string): FieldError {
  return {
    field: field.slice(0, 100),
    code,
    message: code === 'unknown' ? 'There is no such field.' : 'This is not valid.',
  };
}

function invalid(fields: FieldError[]): AuthError {
  return new AuthError(GeneralErrors.validation_failed, { fields });
}
