import { parseSigningKeys } from '../modules/core/keys/key-parsing.js';
import type { SigningKeys } from '../modules/core/keys/signing-keys.js';
import { KeyRing } from '../shared/crypto/key-ring.js';

/** 32 bytes that everybody can read here: for tests alone. */
const SECRET = Buffer.from('castellan-testing-secret-32bytes').toString('base64');

/** P-256, made for tests alone. */
const SIGNING_KEY = JSON.stringify({
  kty: 'EC',
  crv: 'P-256',
  kid: 'castellan-testing',
  x: 'Xuc_Z9M2N5U5dra9GTX3JGMs4Mtb0cRREMvqqAg4Ndg',
  y: 'MwRr1SkWeE_exGAZx69EtLbx0CYgbKCP8hMkHLmJbBY',
  d: 'sQBv_QMfPNbKio-5BFnrb7Rjyxw9FRPKJ3CZiYUW_Bo',
});

/** Text of `AUTH_SECRETS`, the same on every run. */
export const TEST_SECRETS = `testing:${SECRET}`;

/** Text of `AUTH_SIGNING_KEYS` (an ES256 JWK), the same on every run. */
export const TEST_SIGNING_KEYS = SIGNING_KEY;

/** The key ring of `TEST_SECRETS`. */
export function testKeyRing(): KeyRing {
  return KeyRing.parse(TEST_SECRETS);
}

/** The keys of `TEST_SIGNING_KEYS`. */
export function testSigningKeys(): SigningKeys {
  return parseSigningKeys(TEST_SIGNING_KEYS);
}
