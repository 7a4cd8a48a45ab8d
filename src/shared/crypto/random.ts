import { createHash, hash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** An unguessable text, base64url; 32 bytes are 256 bits and 43 characters. Throws a RangeError below 16 bytes. */
export function randomToken(bytes = 32): string {
  if (!Number.isInteger(bytes) || bytes < 16) throw new RangeError('a token has at least 16 bytes');
  return randomBytes(bytes).toString('base64url');
}

/** A numeric code with leading zeros, every one equally likely. Throws a RangeError outside 4 to 14 digits. */
export function randomCode(digits = 6): string {
  if (!Number.isInteger(digits) || digits < 4 || digits > 14)
    throw new RangeError('a code has 4 to 14 digits');
  return randomInt(10 ** digits)
    .toString()
    .padStart(digits, '0');
}

/** SHA-256 in hexadecimal, of UTF-8. For values that are unguessable already: a password or a short code needs more. */
export function sha256(value: string): string {
  return hash('sha256', value, 'hex');
}

/** Equality in a time that tells nothing about where two texts differ, nor about their lengths. */
export function constantTimeEqual(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text, 'utf8').digest();
  return timingSafeEqual(digest(a), digest(b));
}
