/**
 * What an email address is compared by: NFC, lower case. A letter outside ASCII is lowered only where that stays outside ASCII, so that no look-alike
 * (the Kelvin sign, say) merges two accounts.
 */
export function emailKey(email: string): string {
  return Array.from(email.normalize('NFC'), lowerLetter).join('');
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
