/**
 * No password within the limit of 128 code points is longer than this before NFC (one code point stands for four UTF-16 units
 * at most). ICU's NFC takes quadratic time: 90 kB of combining marks would hold the event loop for 20 s.
 */
const MAX_NORMALIZED_LENGTH = 512;

/**
 * The one form in which a password is judged, hashed and compared: NFC, so that two keyboards that spell "é" differently mean
 * the same. Never trimmed, never cut. What is too long for any password that the policy lets pass stays as it is.
 */
export function normalizePassword(password: string): string {
  return password.length > MAX_NORMALIZED_LENGTH ? password : password.normalize('NFC');
}

/** Whether UTF-8 can carry the text. Lone surrogates would all become U+FFFD, and so the same password. */
export function isWellFormed(password: string): boolean {
  return !/\p{Surrogate}/u.test(password);
}
