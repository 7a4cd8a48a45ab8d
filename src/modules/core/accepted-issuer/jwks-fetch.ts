import type { JsonWebKey } from 'node:crypto';
import { publicKeyOfJwk } from '../keys/key-parsing.js';
import type { SigningKey } from '../keys/signing-keys.js';

const TIMEOUT_MS = 5_000;
const MAX_BYTES = 256 * 1024;

/** Fetches a JWK Set: bounded in time and size, no redirects; keys that are not for signatures, or of no supported type, are passed over. */
export async function fetchJwks(url: string): Promise<SigningKey[]> {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`The JWK Set answered ${response.status}.`);
  }
  const value = JSON.parse(await readBounded(response.body)) as unknown;
  const listed: unknown =
    typeof value === 'object' && value !== null && 'keys' in value ? value.keys : undefined;
  if (!Array.isArray(listed)) throw new Error('The answer is no JWK Set.');
  const keys = listed.flatMap(usableKey);
  if (keys.length === 0) throw new Error('The JWK Set has no usable key.');
  return keys;
}

async function readBounded(body: ReadableStream<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_BYTES) throw new Error('The JWK Set is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
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
