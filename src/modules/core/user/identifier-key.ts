/** The characters outside of ASCII that NFC turns into ASCII (the Kelvin sign becomes a K), captured for `split`. */
export const BECOMES_ASCII = /([\u212A\u037E\u1FEF])/;

/**
 * What an email address is compared by: NFC, lower case. What is outside ASCII stays outside ASCII, so that no look-alike (the Kelvin sign, say)
 * merges two accounts.
 */
export function emailKey(email: string): string {
  const composed = email
    .split(BECOMES_ASCII)
    .map((part) => (BECOMES_ASCII.test(part) ? part : part.normalize('NFC')));
  return Array.from(composed.join(''), lowerLetter).join('');
}

/** What a username is compared by: ASCII lower case. */
export function usernameKey(username: string): string {
  return username.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

function lowerLetter(letter: string): string {
  const lowered = letter.toLowerCase();
  return isAscii(letter) || !hasAscii(lowered) ? lowered : letter;
}

function isAscii(text: string): boolean {
  return text <= '\u007f';
}

function hasAscii(text: string): boolean {
  return Array.from(text).some(isAscii);
}
