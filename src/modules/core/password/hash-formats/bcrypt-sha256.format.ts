import { createHmac } from 'node:crypto';
import bcrypt from 'bcrypt';
import { type BcryptParts, bcryptDigest, isBcryptCostAllowed, matchesBcrypt } from './bcrypt-digest.js';
import type { ReadableHash, WritableHashFormat } from './hash-format.js';

// The last character of a canonical salt carries two bits.
const PATTERN = /^\$bcrypt-sha256\$v=2,t=2b,r=([1-9]\d?)\$([./A-Za-z0-9]{21}[.Oeu])\$([./A-Za-z0-9]{31})$/;

/**
 * passlib's `bcrypt_sha256`, version 2: `$bcrypt-sha256$v=2,t=2b,r=<cost>$<salt>$<digest>`. bcrypt sees the base64 of an
 * HMAC-SHA256 of the password, keyed with the salt's 22 characters: every byte counts, NUL is harmless, and unsalted SHA-256
 * sums that leaked elsewhere cannot be tried against it.
 */
export class BcryptSha256Format implements WritableHashFormat {
  constructor(private readonly cost: number) {}

  get dummy(): string {
    return encode({ cost: this.cost, salt: `${'.'.repeat(21)}u`, digest: '.'.repeat(31) });
  }

  read(stored: string): ReadableHash | null {
    const parts = parse(stored);
    return parts && { matches: (password) => matchesBcrypt(prehash(password, parts.salt), parts) };
  }

  async hash(password: string): Promise<string> {
    const salt = (await bcrypt.genSalt(this.cost, 'b')).slice(-22);
    return encode({
      cost: this.cost,
      salt,
      digest: await bcryptDigest(prehash(password, salt), this.cost, salt),
    });
  }

  isCurrent(stored: string): boolean {
    const parts = parse(stored);
    return parts !== null && parts.cost >= this.cost;
  }
}

function prehash(password: string, salt: string): string {
  return createHmac('sha256', salt).update(password, 'utf8').digest('base64');
}

function encode({ cost, salt, digest }: BcryptParts): string {
  return `$bcrypt-sha256$v=2,t=2b,r=${cost}$${salt}$${digest}`;
}

function parse(stored: string): BcryptParts | null {
  const [, rounds, salt, digest] = PATTERN.exec(stored) ?? [];
  if (!rounds || !salt || !digest || !isBcryptCostAllowed(Number(rounds))) return null;
  return { cost: Number(rounds), salt, digest };
}
