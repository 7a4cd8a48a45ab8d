import { COMMON_PASSWORDS } from './common-passwords.data.js';

let list: ReadonlySet<string> | undefined;

/** Whether the whole password, whatever its case, is on the bundled list. A word of it inside a longer passphrase is fine. */
export function isCommonPassword(password: string): boolean {
  list ??= new Set(COMMON_PASSWORDS.split(' '));
  return list.has(password.toLowerCase());
}
