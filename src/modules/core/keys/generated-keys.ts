import { createSecretKey, generateKeyPairSync, type KeyObject, randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSigningKeys } from './key-parsing.js';
import type { SigningAlgorithm, SigningKey, SigningKeys } from './signing-keys.js';

/** Makes a private key for an algorithm. */
export function generateSigningKey(algorithm: SigningAlgorithm): KeyObject {
  switch (algorithm) {
    case 'RS256':
      return generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
    case 'ES256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
    case 'EdDSA':
      return generateKeyPairSync('ed25519').privateKey;
    case 'HS256':
      return createSecretKey(randomBytes(32));
  }
}

/** Keys for development: made once (ES256) and kept in `directory`; two starters at once agree on one. */
export function loadOrGenerateSigningKeys(
  directory: string,
  verifyOnly: readonly SigningKey[] = [],
): SigningKeys {
  const file = join(directory, 'signing-key.pem');
  const read = (): SigningKeys => parseSigningKeys(readFileSync(file, 'utf8'), verifyOnly);
  try {
    return read();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  // Not the process id: in two containers that share a volume it is 1 in both.
  const draft = `${file}.${randomUUID()}`;
  writeFileSync(draft, generateSigningKey('ES256').export({ type: 'pkcs8', format: 'pem' }), {
    mode: 0o600,
    flag: 'wx',
    flush: true,
  });
  try {
    // Unlike a rename, a link fails where somebody else was first, and it never shows half a file.
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  return read();
}
