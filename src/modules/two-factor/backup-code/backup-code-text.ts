import { randomBytes } from 'node:crypto';

/** Crockford's base32: nothing in it is mistaken for something else. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const SELECTOR_LENGTH = 5;
/** 75 bits: as much as a code needs that is kept for years (NIST SP 800-63B 3.1.2.1 asks for 64). */
const SECRET_LENGTH = 15;

/** A backup code, apart: the selector names the row, the rest is secret. */
export interface BackupCodeText {
  readonly selector: string;
  readonly secret: string;
}

/** So many codes, no two of one selector. */
export function newBackupCodes(count: number): BackupCodeText[] {
  const codes = new Map<string, BackupCodeText>();
  while (codes.size < count) {
    const text = randomText(SELECTOR_LENGTH + SECRET_LENGTH);
    const selector = text.slice(0, SELECTOR_LENGTH);
    codes.set(selector, { selector, secret: text.slice(SELECTOR_LENGTH) });
  }
  return [...codes.values()];
}

/** As it is shown: `7K2QF-M0XD9-TRA4W-C8HJN`. */
export function formatBackupCode({ selector, secret }: BackupCodeText): string {
  return [selector, ...(secret.match(/.{5}/g) ?? [])].join('-');
}

/** Whatever the case and the separators, and with look-alikes read as what is in the alphabet; `null` for anything else. */
export function parseBackupCode(text: string): BackupCodeText | null {
  const plain = text.replace(/[\s-]/g, '').toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1');
  const well = plain.length === SELECTOR_LENGTH + SECRET_LENGTH && /^[0-9A-HJKMNP-TV-Z]+$/.test(plain);
  return well ? { selector: plain.slice(0, SELECTOR_LENGTH), secret: plain.slice(SELECTOR_LENGTH) } : null;
}

function randomText(length: number): string {
  // 32 divides 256: every character is equally likely.
  return Array.from(randomBytes(length), (byte) => ALPHABET[byte % 32]).join('');
}
