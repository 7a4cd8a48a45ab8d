import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';

/** @throws core.validation_failed for a day that no calendar has, or a year that no column takes */
export function instantOf(field: string, text: string): Date;
export function instantOf(field: string, text: string | null | undefined): Date | undefined;
export function instantOf(field: string, text: string | null | undefined): Date | undefined {
  if (text === undefined || text === null) return undefined;
  const instant = new Date(text);
  const year = instant.getUTCFullYear();
  if (year >= 1 && year <= 9999) return instant;
  throw new AuthError(GeneralErrors.validation_failed, {
    fields: [{ field, code: 'is_iso8601', message: `${field} must be a date and time` }],
  });
}
