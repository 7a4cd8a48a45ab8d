import { isBcryptCostAllowed, matchesBcrypt } from './bcrypt-digest.js';
import type { HashFormat, ReadableHash } from './hash-format.js';

const PATTERN = /^\$2[aby]\$(\d{2})\$([./A-Za-z0-9]{22})([./A-Za-z0-9]{31})$/;

/** Plain `$2a$`, `$2b$` and `$2y$`, for imports. bcrypt reads 72 bytes of the password, whatever follows. */
export class BcryptFormat implements HashFormat {
  read(stored: string): ReadableHash | null {
    const [, rounds, salt, digest] = PATTERN.exec(stored) ?? [];
    if (!rounds || !salt || !digest) return null;
    const parts = { cost: Number(rounds), salt, digest };
    return isBcryptCostAllowed(parts.cost) ? { matches: (password) => matches(password, parts) } : null;
  }
}

/** Some libraries stop at NUL, so it never matches. It is computed all the same: speed must not tell which accounts exist. */
async function matches(password: string, parts: Parameters<typeof matchesBcrypt>[1]): Promise<boolean> {
  const equal = await matchesBcrypt(password.replaceAll('\0', ' '), parts);
  return equal && !password.includes('\0');
}
