import { sign as signBytes, verify as verifyBytes, type KeyObject } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { SigningAlgorithm } from './signing-keys.js';

/** One service a key, made once: it takes a KeyObject through its provider alone. */
const services = new WeakMap<KeyObject, JwtService>();

function serviceOf(key: KeyObject): JwtService {
  let service = services.get(key);
  if (!service) {
    service = new JwtService({ secretOrKeyProvider: () => key });
    services.set(key, service);
  }
  return service;
}

/** Signs a compact JWS (RFC 7515 section 3.1). `jsonwebtoken` does all but EdDSA. */
export function signCompact(
  claims: Readonly<Record<string, unknown>>,
  header: { readonly typ: string; readonly kid: string },
  algorithm: SigningAlgorithm,
  key: KeyObject,
): string {
  if (algorithm === 'EdDSA') {
    const input = `${encode({ alg: algorithm, ...header })}.${encode(claims)}`;
    return `${input}.${signBytes(null, Buffer.from(input), key).toString('base64url')}`;
  }
  // Without `noTimestamp` the library adds an `iat` by the machine's clock; with it, it drops the one that is there.
  const noTimestamp = claims['iat'] === undefined;
  return serviceOf(key).sign(claims, { algorithm, noTimestamp, header: { alg: algorithm, ...header } });
}

/** Whether the signature of a well-formed compact JWS is the key's; claims are not looked at. */
export function hasValidSignature(token: string, algorithm: SigningAlgorithm, key: KeyObject): boolean {
  if (algorithm === 'EdDSA') {
    const end = token.lastIndexOf('.');
    const signature = Buffer.from(token.slice(end + 1), 'base64url');
    return signature.length === 64 && verifyBytes(null, Buffer.from(token.slice(0, end)), key, signature);
  }
  try {
    serviceOf(key).verify(token, { algorithms: [algorithm], ignoreExpiration: true, ignoreNotBefore: true });
    return true;
  } catch {
    return false;
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
