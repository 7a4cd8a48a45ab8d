import {
  createHash,
  createPrivateKey,
  createPublicKey,
  createSecretKey,
  type JsonWebKey,
  type KeyObject,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { isKeyId, type SigningAlgorithm, type SigningKey, SigningKeys } from './signing-keys.js';

const MIN_RSA_BITS = 2048;
const MIN_SECRET_BYTES = 32;
/** `openssl ecparam` writes the curve in a block of its own before the key, which names it again. */
const PEM_BLOCK = /-----BEGIN (?!EC PARAMETERS)([A-Z ]+)-----[\s\S]+?-----END \1-----/g;

/** Required public members, in the order of RFC 7638 section 3.2. */
const THUMBPRINT_MEMBERS: Readonly<Record<string, readonly (keyof JsonWebKey)[]>> = {
  RSA: ['e', 'kty', 'n'],
  EC: ['crv', 'kty', 'x', 'y'],
  OKP: ['crv', 'kty', 'x'],
};

/**
 * Reads keys: PEM blocks one after another, a JWK, an array of them, or a JWK Set. The first private one signs; public ones among them verify, and so
 * do `verifyOnly` keys.
 * @throws Error that names the problem, never the material
 */
export function parseSigningKeys(text: string, verifyOnly: readonly SigningKey[] = []): SigningKeys {
  return new SigningKeys([...parseKeys(text), ...verifyOnly]);
}

/** The same keys in their order. @throws Error that names the problem, never the material */
export function parseKeys(text: string): SigningKey[] {
  return parse(text, keyObjectOf);
}

/** Reads public keys in the same forms; they only verify. @throws Error that names the problem, never the material */
export function parsePublicKeys(text: string): SigningKey[] {
  return parse(text, publicKeyOf);
}

/** Prepares the public half of one JWK. @throws Error that names the problem, never the material */
export function publicKeyOfJwk(jwk: JsonWebKey): SigningKey {
  return keyOfJwk(jwk, publicKeyOf);
}

/** JWK thumbprint (RFC 7638), SHA-256, base64url. */
export function jwkThumbprint(jwk: JsonWebKey): string {
  const members = THUMBPRINT_MEMBERS[jwk.kty ?? ''];
  if (!members) throw new Error('the key type is not supported');
  const canonical = JSON.stringify(Object.fromEntries(members.map((name) => [name, jwk[name]])));
  return createHash('sha256').update(canonical).digest('base64url');
}

/** Prepares a key pair; the algorithm follows from the key. */
export function signingKeyOf(key: KeyObject, named: { kid?: string; alg?: string } = {}): SigningKey {
  const algorithm = algorithmOf(key);
  if (named.kid !== undefined && !isKeyId(named.kid))
    throw new Error('a key id has 1 to 128 characters, none of them a control character');
  if (named.alg !== undefined && named.alg !== algorithm)
    throw new Error(`a key of this type is used with ${algorithm} alone`);
  if (key.type === 'secret') {
    const kid =
      named.kid ??
      createHash('sha256')
        .update('castellan hs256 key id')
        .update(key.export())
        .digest('base64url')
        .slice(0, 22);
    return { kid, algorithm, privateKey: key, verificationKey: key, publicJwk: null };
  }
  const verificationKey = key.type === 'private' ? createPublicKey(key) : key;
  const jwk = verificationKey.export({ format: 'jwk' });
  const kid = named.kid ?? jwkThumbprint(jwk);
  return {
    kid,
    algorithm,
    privateKey: key.type === 'private' ? key : null,
    verificationKey,
    publicJwk: Object.freeze({ ...jwk, kid, use: 'sig', alg: algorithm }),
  };
}

function algorithmOf(key: KeyObject): SigningAlgorithm {
  if (key.type === 'secret') {
    if ((key.symmetricKeySize ?? 0) < MIN_SECRET_BYTES)
      throw new Error('a symmetric key needs at least 256 bits');
    return 'HS256';
  }
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key;
  if (type === 'rsa') {
    if ((details?.modulusLength ?? 0) < MIN_RSA_BITS) throw new Error('an RSA key needs at least 2048 bits');
    return 'RS256';
  }
  if (type === 'ec') {
    if (details?.namedCurve !== 'prime256v1') throw new Error('an EC key has to be on the curve P-256');
    return 'ES256';
  }
  if (type === 'ed25519') return 'EdDSA';
  throw new Error('the key type is not supported: use RSA, EC P-256, Ed25519 or a symmetric JWK');
}

type KeyReader = (source: string | JsonWebKey) => KeyObject;

function parse(text: string, keyOf: KeyReader): SigningKey[] {
  // JSON first: a member of a JWK may hold PEM.
  const keys = /^\s*[[{]/.test(text)
    ? jwksOf(text).map((jwk) => keyOfJwk(jwk, keyOf))
    : pemBlocksOf(text).map((pem) => signingKeyOf(read(() => keyOf(pem))));
  if (keys.length === 0) throw new Error('there is no key in it');
  if (!keys.every(isPair))
    throw new Error('the private and the public members of a key do not belong together');
  return keys;
}

function keyOfJwk(jwk: JsonWebKey, keyOf: KeyReader): SigningKey {
  return signingKeyOf(
    read(() => keyOf(jwk)),
    { kid: stringOf(jwk['kid']), alg: stringOf(jwk['alg']) },
  );
}

/** Environment variables often hold their line ends as `\n`. */
function pemBlocksOf(text: string): string[] {
  const blocks = text.replace(/\\n/g, '\n').match(PEM_BLOCK);
  if (!blocks) throw new Error('it is neither PEM nor JSON');
  return blocks;
}

/** The crypto module takes a JWK's public members at their word; wrong ones would make every token unverifiable. */
function isPair({ algorithm, privateKey, verificationKey }: SigningKey): boolean {
  if (!privateKey || algorithm === 'HS256') return true;
  const digest = algorithm === 'EdDSA' ? null : 'sha256';
  const probe = Buffer.from('castellan');
  try {
    return verifyBytes(digest, probe, verificationKey, signBytes(digest, probe, privateKey));
  } catch {
    return false;
  }
}

/** Private where there is a private part. */
function keyObjectOf(source: string | JsonWebKey): KeyObject {
  if (typeof source === 'string')
    return source.includes(' PUBLIC KEY-----') ? createPublicKey(source) : createPrivateKey(source);
  if (source.kty === 'oct') return createSecretKey(Buffer.from(source.k ?? '', 'base64url'));
  return source.d === undefined ? publicKeyOf(source) : createPrivateKey({ key: source, format: 'jwk' });
}

function publicKeyOf(source: string | JsonWebKey): KeyObject {
  if (typeof source === 'string') return createPublicKey(source);
  if (source.kty === 'oct') throw new Error('symmetric');
  return createPublicKey({ key: source, format: 'jwk' });
}

/** The crypto module repeats parts of what it could not read. */
function read(make: () => KeyObject): KeyObject {
  try {
    return make();
  } catch {
    throw new Error(
      'a key cannot be read: it has to be PEM or JWK, unencrypted, and of the right kind (private or public)',
    );
  }
}

/** @throws Error where it is none of a JWK, an array of them, a JWK Set */
export function jwksOf(text: string): JsonWebKey[] {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error('it is no valid JSON');
  }
  const list: unknown[] = Array.isArray(value)
    ? value
    : isObject(value) && Array.isArray(value['keys'])
      ? value['keys']
      : [value];
  if (!list.every(isObject)) throw new Error('it is not a JWK, an array of JWKs, or a JWK Set');
  return list;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
