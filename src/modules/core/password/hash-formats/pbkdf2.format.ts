import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { decodeBase64, equalBytes } from './encoding.js';
import type { HashFormat, ReadableHash } from './hash-format.js';

const PHC = /^\$pbkdf2-(sha256|sha512)\$i=([1-9]\d{0,9})(?:,l=\d{1,2})?\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;
/** passlib writes the bare count and `.` in the place of `+`. */
const PASSLIB = /^\$pbkdf2-(sha256|sha512)\$([1-9]\d{0,9})\$([A-Za-z0-9./]+)\$([A-Za-z0-9./]+)$/;

/** Takes 3 to 4 s. */
const MAX_ITERATIONS = 5_000_000;

const derive = promisify(pbkdf2);

/** PBKDF2 (RFC 8018) with HMAC-SHA256 or HMAC-SHA512, as a PHC string or as passlib has it, for imports. */
export class Pbkdf2Format implements HashFormat {
  read(stored: string): ReadableHash | null {
    const [, hash, count, saltText, digestText] = PHC.exec(stored) ?? PASSLIB.exec(stored) ?? [];
    if (!hash || !saltText || !digestText) return null;
    const iterations = Number(count);
    const salt = decodeBase64(saltText.replaceAll('.', '+'), 8, 64);
    const digest = decodeBase64(digestText.replaceAll('.', '+'), 16, 64);
    if (!salt || !digest || iterations > MAX_ITERATIONS) return null;
    return {
      matches: async (password) =>
        equalBytes(await derive(password, salt, iterations, digest.length, hash), digest),
    };
  }
}
