import { timingSafeEqual } from 'node:crypto';

/** Bytes from base64 without padding; `null` unless it is canonical and of a length within the bounds. */
export function decodeBase64(text: string, minBytes: number, maxBytes: number): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length < minBytes || bytes.length > maxBytes) return null;
  return encodeBase64(bytes) === text ? bytes : null;
}

/** Base64 without padding, as PHC strings have it. */
export function encodeBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64').replace(/=+$/, '');
}

/** Compares in constant time; only a difference in length shows. */
export function equalBytes(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(left, right);
}
