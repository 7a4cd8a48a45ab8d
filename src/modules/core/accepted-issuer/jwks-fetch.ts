import type { JsonWebKey } from 'node:crypto';
import { requestOutbound } from '../../../shared/outbound/outbound-request.js';
import { publicKeyOfJwk } from '../keys/key-parsing.js';
import type { SigningKey } from '../keys/signing-keys.js';

/** Fetches a JWK Set; keys that are not for signatures, or of no supported type, are passed over. The address is the operator's own, so any network will do. */
export async function fetchJwks(url: string): Promise<SigningKey[]> {
  const response = await requestOutbound(
    url,
    { headers: { accept: 'application/jwk-set+json, application/json' } },
    { allowHttp: true, allowPrivateAddresses: true },
  );
  if (!response.ok) throw new Error(`The JWK Set answered ${response.status}.`);
  const value = await response.json();
  const listed: unknown =
    typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(listed)) throw new Error('The answer is no JWK Set.');
  const keys = listed.flatMap(usableKey);
  if (keys.length === 0) throw new Error('The JWK Set has no usable key.');
  return keys;
}

function usableKey(jwk: unknown): SigningKey[] {
  if (!isForSignatures(jwk)) return [];
  try {
    return [publicKeyOfJwk(jwk)];
  } catch {
    return [];
  }
}

/** `use` and `key_ops` (RFC 7517 sections 4.2, 4.3), where they are given. */
function isForSignatures(jwk: unknown): jwk is JsonWebKey {
  if (typeof jwk !== 'object' || jwk === null) return false;
  const { use, key_ops: operations }: { use?: unknown; key_ops?: unknown } = jwk;
  return (
    (use === undefined || use === 'sig') &&
    (operations === undefined || (Array.isArray(operations) && operations.includes('verify')))
  );
}
