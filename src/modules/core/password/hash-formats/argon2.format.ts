import { randomBytes } from 'node:crypto';
import { hashRaw } from '@node-rs/argon2';
import { decodeBase64, encodeBase64, equalBytes } from './encoding.js';
import type { ReadableHash, WritableHashFormat } from './hash-format.js';

const PATTERN =
  /^\$argon2(id|i|d)(?:\$v=(16|19))?\$m=([1-9]\d{0,9}),t=([1-9]\d{0,9}),p=([1-9]\d{0,2})\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

/** The library's enumeration is `const`, which isolated modules cannot read. */
const ALGORITHMS: Readonly<Record<string, number>> = { d: 0, i: 1, id: 2 };

/** Of new hashes: OWASP's, m in KiB. */
const NEW = { memoryKib: 19_456, passes: 2, lanes: 1, saltBytes: 16, hashBytes: 32 } as const;

/** 256 MiB, and 2 GiB walked through in all (1 to 2 s). */
const MAX = { memoryKib: 262_144, passes: 20, lanes: 16, workKib: 2_097_152 } as const;

interface Argon2Hash {
  readonly type: string;
  /** 19 is 1.3; hashes without `v` are of 1.0. */
  readonly version: 16 | 19;
  readonly memoryKib: number;
  readonly passes: number;
  readonly lanes: number;
  readonly salt: Buffer;
  readonly digest: Buffer;
}

/** argon2id, argon2i and argon2d as PHC strings (RFC 9106); new ones are argon2id with m=19456,t=2,p=1. */
export class Argon2Format implements WritableHashFormat {
  readonly dummy = encode(Buffer.alloc(NEW.saltBytes), Buffer.alloc(NEW.hashBytes));

  read(stored: string): ReadableHash | null {
    const hash = parse(stored);
    return hash && { matches: async (password) => equalBytes(await compute(password, hash), hash.digest) };
  }

  async hash(password: string): Promise<string> {
    const salt = randomBytes(NEW.saltBytes);
    const digest = Buffer.alloc(NEW.hashBytes);
    return encode(salt, await compute(password, { type: 'id', version: 19, ...NEW, salt, digest }));
  }

  isCurrent(stored: string): boolean {
    const hash = parse(stored);
    if (!hash || hash.type !== 'id' || hash.version !== 19) return false;
    if (hash.salt.length < NEW.saltBytes || hash.digest.length < NEW.hashBytes) return false;
    return hash.memoryKib >= NEW.memoryKib && hash.passes >= NEW.passes;
  }
}

function compute(password: string, hash: Argon2Hash): Promise<Buffer> {
  return hashRaw(password, {
    // The package's enums are `const` and so not there at run time; these are their numbers.
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- see above
    algorithm: ALGORITHMS[hash.type],
    // eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- see above
    version: hash.version === 19 ? 1 : 0,
    memoryCost: hash.memoryKib,
    timeCost: hash.passes,
    parallelism: hash.lanes,
    outputLen: hash.digest.length,
    salt: hash.salt,
  });
}

function encode(salt: Buffer, digest: Buffer): string {
  const cost = `m=${NEW.memoryKib},t=${NEW.passes},p=${NEW.lanes}`;
  return `$argon2id$v=19$${cost}$${encodeBase64(salt)}$${encodeBase64(digest)}`;
}

function parse(stored: string): Argon2Hash | null {
  const [, type, version, m, t, p, saltText, digestText] = PATTERN.exec(stored) ?? [];
  if (!type || !saltText || !digestText) return null;
  const cost = { memoryKib: Number(m), passes: Number(t), lanes: Number(p) };
  const salt = decodeBase64(saltText, 8, 64);
  const digest = decodeBase64(digestText, 16, 64);
  if (!salt || !digest || !isCostAllowed(cost)) return null;
  return { type, version: version === '19' ? 19 : 16, ...cost, salt, digest };
}

function isCostAllowed({
  memoryKib,
  passes,
  lanes,
}: Pick<Argon2Hash, 'memoryKib' | 'passes' | 'lanes'>): boolean {
  if (memoryKib > MAX.memoryKib || passes > MAX.passes || lanes > MAX.lanes) return false;
  return memoryKib * passes <= MAX.workKib && memoryKib >= 8 * lanes;
}
