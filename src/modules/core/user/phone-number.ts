import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { CoreErrors } from '../core.errors.js';

/** Longest text that is read; E.164 itself has at most 16 characters. */
export const MAX_PHONE_NUMBER_LENGTH = 32;

/** A phone number in E.164, from an international number in any usual way of writing. @throws core.invalid_phone_number */
export function parsePhoneNumber(text: string, field = 'phone_number'): string {
  const parsed = readPhoneNumber(text);
  if (parsed !== null) return parsed;
  const message = 'This is not a valid phone number. Write it with its country code, such as +41446681800.';
  throw new AuthError(CoreErrors.invalid_phone_number, {
    fields: [{ field, code: 'invalid_phone_number', message }],
  });
}

/** The same without the error: `null` for what is not a phone number. */
export function readPhoneNumber(text: string): string | null {
  const trimmed = text.trim();
  // Without this the library would find a number within a sentence, and read digits of other scripts.
  if (trimmed.length > MAX_PHONE_NUMBER_LENGTH || !/^\+[0-9 ().\/-]+$/.test(trimmed)) return null;
  // By length and not by range: ranges are opened faster than libraries are updated, and the code that is sent proves the number.
  const parsed = parsePhoneNumberFromString(trimmed);
  return parsed?.isPossible() && !parsed.ext ? parsed.number : null;
}
