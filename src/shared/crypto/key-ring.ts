import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import { DecryptionError, decryptWithKey, encryptWithKey } from './aes-gcm.js';
import { parseSecrets, type Secret } from './secret-text.js';

const VERSION = 'v1';

type Use = 'encrypt' | 'hmac' | 'sign';

/**
 * The deployment's secrets, newest first: the first writes, all of them read, so that a secret is replaced by putting a new one
 * in front. Every use has its own sub-key by HKDF (RFC 5869), derived once. A purpose is a constant such as `two_factor.totp`,
 * never made of input: derived keys are kept for good.
 */
export class KeyRing {
  private readonly keys: readonly DerivingKey[];

  private constructor(secrets: readonly Secret[]) {
    this.keys = secrets.map((secret) => new DerivingKey(secret));
  }

  /**
   * Reads `id:base64` secrets, separated by commas. Throws an Error that names the problem, never the value, for a secret under
   * 32 bytes, for an id given twice, and for secrets known from examples.
   */
  static parse(text: string): KeyRing {
    return new KeyRing(parseSecrets(text));
  }

  /** AES-256-GCM, `v1.<keyId>.<base64url of iv, ciphertext and tag>`, bound to the purpose and the context (the row). */
  encrypt(purpose: string, plaintext: Uint8Array | string, context: string): string {
    const bytes = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
    const key = this.first;
    const sealed = encryptWithKey(
      key.derive('encrypt', purpose),
      bytes,
      associatedData(key.id, purpose, context),
    );
    return `${VERSION}.${key.id}.${sealed}`;
  }

  /** Throws DecryptionError, whatever the reason. */
  decrypt(purpose: string, sealed: string, context: string): Buffer {
    const [version, keyId, payload, ...rest] = sealed.split('.');
    const key = this.keys.find((candidate) => candidate.id === keyId);
    if (version !== VERSION || !key || payload === undefined || rest.length > 0) throw new DecryptionError();
    return decryptWithKey(key.derive('encrypt', purpose), payload, associatedData(key.id, purpose, context));
  }

  /** How a text begins that `encrypt` makes now: what begins otherwise was sealed under an older key. */
  get currentPrefix(): string {
    return `${VERSION}.${this.first.id}.`;
  }

  /** HMAC-SHA-256 under the first key: `<keyId>.<base64url>`. */
  hmac(purpose: string, value: string): string {
    return this.first.hmac(purpose, value);
  }

  /** The same under every key, the first key's first: what to look for. */
  hmacCandidates(purpose: string, value: string): string[] {
    return this.keys.map((key) => key.hmac(purpose, value));
  }

  /** The symmetric key to sign with. */
  signingKey(purpose: string): { id: string; key: KeyObject } {
    return { id: this.first.id, key: this.first.derive('sign', purpose) };
  }

  /** The symmetric keys to verify with, by id. */
  verificationKeys(purpose: string): Map<string, KeyObject> {
    return new Map(this.keys.map((key) => [key.id, key.derive('sign', purpose)]));
  }

  /** Keeps secrets out of logs that print what they are given. */
  toJSON(): { keyIds: string[] } {
    return { keyIds: this.keys.map((key) => key.id) };
  }

  private get first(): DerivingKey {
    const [first] = this.keys;
    if (!first) throw new Error('the key ring is empty');
    return first;
  }
}

/** Unambiguous, as plain concatenation would not be. */
function associatedData(keyId: string, purpose: string, context: string): string {
  return JSON.stringify([VERSION, keyId, purpose, context]);
}

class DerivingKey {
  readonly id: string;
  readonly #secret: KeyObject;
  readonly #derived = new Map<string, KeyObject>();

  constructor(secret: Secret) {
    this.id = secret.id;
    this.#secret = createSecretKey(secret.bytes);
  }

  derive(use: Use, purpose: string): KeyObject {
    const info = `castellan:${VERSION}:${use}:${purpose}`;
    let key = this.#derived.get(info);
    if (!key) {
      key = createSecretKey(Buffer.from(hkdfSync('sha256', this.#secret, '', info, 32)));
      this.#derived.set(info, key);
    }
    return key;
  }

  hmac(purpose: string, value: string): string {
    const mac = createHmac('sha256', this.derive('hmac', purpose)).update(value, 'utf8').digest('base64url');
    return `${this.id}.${mac}`;
  }
}
