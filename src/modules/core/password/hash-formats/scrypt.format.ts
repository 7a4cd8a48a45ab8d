import { type ScryptOptions, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, equalBytes } from './encoding.js';
import type { HashFormat, ReadableHash } from './hash-format.js';

const PATTERN = /^\$scrypt\$ln=([1-9]\d?),r=([1-9]\d{0,2}),p=([1-9]\d?)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

const MAX_MEMORY = 256 * 1024 ** 2;
/** Memory times `p`: about 3 s. */
const MAX_WORK = 1024 ** 3;
const MAX_LANES = 16;

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** scrypt (RFC 7914) as `$scrypt$ln=<log2 N>,r=<r>,p=<p>$<salt>$<hash>`, for imports. */
export class ScryptFormat implements HashFormat {
  read(stored: string): ReadableHash | null {
    const [, ln, r, p, saltText, digestText] = PATTERN.exec(stored) ?? [];
    if (!ln || !saltText || !digestText) return null;
    const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
    const salt = decodeBase64(saltText, 8, 64);
    const digest = decodeBase64(digestText, 16, 64);
    if (!salt || !digest || !isCostAllowed(cost)) return null;
    const options = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: 2 * MAX_MEMORY };
    return {
      matches: async (password) => equalBytes(await derive(password, salt, digest.length, options), digest),
    };
  }
}

/** RFC 7914 section 2 wants N below 2^(16 r). */
function isCostAllowed({ ln, r, p }: { ln: number; r: number; p: number }): boolean {
  const memory = 128 * 2 ** ln * r;
  return ln < 16 * r && memory <= MAX_MEMORY && p <= MAX_LANES && memory * p <= MAX_WORK;
}
