import bcrypt from 'bcrypt';
import { equalBytes } from './encoding.js';

/** Cost 15 takes about 2 s; what lies above is refused unread. */
const MAX_BCRYPT_COST = 15;
const MIN_BCRYPT_COST = 4;

/** The parts of a bcrypt hash: log2 of the rounds, 22 characters of salt, 31 of digest, in bcrypt's own base64. */
export interface BcryptParts {
  readonly cost: number;
  readonly salt: string;
  readonly digest: string;
}

export function isBcryptCostAllowed(cost: number): boolean {
  return cost >= MIN_BCRYPT_COST && cost <= MAX_BCRYPT_COST;
}

/** The digest of at most 72 bytes. Always `2b`: the wrap-around at 255 bytes that `2a` may mean is a bug of few libraries. */
export async function bcryptDigest(secret: string, cost: number, salt: string): Promise<string> {
  const hash = await bcrypt.hash(secret, `$2b$${String(cost).padStart(2, '0')}$${salt}`);
  return hash.slice(-31);
}

export async function matchesBcrypt(secret: string, parts: BcryptParts): Promise<boolean> {
  const digest = await bcryptDigest(secret, parts.cost, parts.salt);
  return equalBytes(Buffer.from(digest), Buffer.from(parts.digest));
}
