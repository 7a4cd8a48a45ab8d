/** A secret as it is configured: `id:base64`. */
export interface Secret {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Secrets that stand in documentation, and that somebody has deployed. Repeated until they fill 32 bytes, they are refused as well. */
export const EXAMPLE_SECRETS: readonly string[] = [
  'secret',
  'changeme',
  'change-me',
  'change_me',
  'changeit',
  'password',
  'example',
  'development',
  'default',
  'test',
  'abc123',
  'deadbeef',
  'supersecret',
  'super-secret',
  'your-secret-key',
  'your-256-bit-secret',
  'a-string-secret-at-least-256-bits-long',
  'your-super-secret-key-change-in-production',
  'your-super-secret-jwt-token-with-at-least-32-characters-long',
  'change-this-to-a-32-byte-or-longer-secret',
  'thisisaverysecuresecretkeyfordevelopment',
  'super-insecure-key-change-me-in-production',
  '0123456789',
  '0123456789abcdef',
  '12345678901234567890123456789012',
  'abcdefghijklmnopqrstuvwxyz',
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'abcdefghijklmnopqrstuvwxyz123456',
];

const MINIMUM_BYTES = 32;
/** Of 32 random bytes, about 30 are different; fewer than 8 never happens by chance. */
const MINIMUM_DISTINCT = 8;
const BASE64 = /^(?:[A-Za-z0-9+/]+|[A-Za-z0-9_-]+)={0,2}$/;

/** The secrets of `id:base64,id:base64`, in order. Throws an Error that names the problem and never the value. */
export function parseSecrets(text: string): Secret[] {
  const entries = text.split(',').map((entry) => entry.trim());
  if (entries.length === 1 && entries[0] === '') throw new Error('no secret is given; expected id:base64');
  const secrets = entries.map((entry, index) => parseSecret(entry, index + 1));
  const ids = new Set<string>();
  for (const { id } of secrets) {
    if (ids.has(id)) throw new Error(`two secrets have the id "${id}"`);
    ids.add(id);
  }
  return secrets;
}

function parseSecret(entry: string, position: number): Secret {
  const colon = entry.indexOf(':');
  if (colon < 0) throw new Error(`secret ${position} has no id; expected id:base64`);
  const id = entry.slice(0, colon);
  // An id that does not look like one could be the secret itself, so it is not repeated.
  if (!/^[A-Za-z0-9_-]{1,32}$/.test(id)) {
    throw new Error(`the id of secret ${position} must be 1 to 32 letters, digits, "-" or "_"`);
  }
  const encoded = entry.slice(colon + 1);
  if (!BASE64.test(encoded)) throw new Error(`secret "${id}" is not base64`);
  const bytes = Buffer.from(encoded, 'base64');
  if (bytes.length < MINIMUM_BYTES) {
    throw new Error(`secret "${id}" has ${bytes.length} bytes; at least ${MINIMUM_BYTES} are needed`);
  }
  if (isExample(bytes) || isExample(Buffer.from(encoded))) {
    throw new Error(`secret "${id}" is a known example or a pattern; make one with: openssl rand -base64 32`);
  }
  return { id, bytes };
}

function isExample(bytes: Buffer): boolean {
  return isPattern(bytes) || EXAMPLE_SECRETS.some((example) => isRepetition(bytes, example));
}

function isPattern(bytes: Buffer): boolean {
  if (new Set(bytes).size < MINIMUM_DISTINCT) return true;
  // 0, 1, 2 … and its like: every step between neighbours is the same.
  const step = (index: number) => ((bytes[index] ?? 0) - (bytes[index - 1] ?? 0)) & 0xff;
  return bytes.every((_, index) => index < 2 || step(index) === step(1));
}

/** Whether the bytes are the example over and over, in any case, perhaps cut off or padded at the end. */
function isRepetition(bytes: Buffer, example: string): boolean {
  const text = bytes
    .toString('latin1')
    .toLowerCase()
    .replace(/[=\0\n]+$/, '');
  return text === example.repeat(Math.ceil(text.length / example.length)).slice(0, text.length);
}
