import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  loadOrGenerateSigningKeys,
  parsePublicKeys,
  parseSigningKeys,
  type SigningKeys,
} from '../modules/core/index.js';
import { KeyRing } from '../shared/crypto/key-ring.js';
import { type Env, EnvError } from './env/env.js';

/** The secrets: given, or (never in production) made once and kept in `DATA_DIR`. */
export function readSecrets(env: Env): KeyRing {
  return named('AUTH_SECRETS', () =>
    KeyRing.parse(env.AUTH_SECRETS ?? keptSecret(join(env.DATA_DIR, 'keys'))),
  );
}

/** The signing keys: given, from a file, or (never in production) made once and kept in `DATA_DIR`. */
export function readSigningKeys(env: Env): SigningKeys {
  const verifyOnly = env.JWT_PUBLIC_KEYS
    ? named('JWT_PUBLIC_KEYS', () => parsePublicKeys(env.JWT_PUBLIC_KEYS ?? ''))
    : [];
  if (env.AUTH_SIGNING_KEYS)
    return named('AUTH_SIGNING_KEYS', () => parseSigningKeys(env.AUTH_SIGNING_KEYS ?? '', verifyOnly));
  const file = env.AUTH_SIGNING_KEYS_FILE;
  if (file)
    return named('AUTH_SIGNING_KEYS_FILE', () => parseSigningKeys(readFileSync(file, 'utf8'), verifyOnly));
  return loadOrGenerateSigningKeys(join(env.DATA_DIR, 'keys'), verifyOnly);
}

function keptSecret(directory: string): string {
  const file = join(directory, 'auth-secrets');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    // Fails where the file is there already, so that two starters at once agree on one secret.
    writeFileSync(file, `dev1:${randomBytes(32).toString('base64')}`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file, 'utf8').trim();
}

function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new EnvError(`  - ${variable}: ${error instanceof Error ? error.message : 'not valid'}.`);
  }
}
