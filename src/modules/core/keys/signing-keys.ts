import { createHash, type JsonWebKey, type KeyObject } from 'node:crypto';

export type SigningAlgorithm = 'RS256' | 'ES256' | 'EdDSA' | 'HS256';

const KEY_ID = /^\P{Cc}{1,128}$/u;
const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Whether a value can be a `kid`: text of 1 to 128 characters, none of them a control character. */
export function isKeyId(value: unknown): value is string {
  return typeof value === 'string' && KEY_ID.test(value);
}

/** One key, prepared once. */
export interface SigningKey {
  /** RFC 7638 thumbprint, unless the JWK names one. */
  readonly kid: string;
  readonly algorithm: SigningAlgorithm;
  /** `null`: the key only verifies. */
  readonly privateKey: KeyObject | null;
  readonly verificationKey: KeyObject;
  /** Public members; `null` for a symmetric key, which is never published. */
  readonly publicJwk: JsonWebKey | null;
}

/** A JWK Set (RFC 7517 section 5). */
export interface JwkSet {
  readonly keys: readonly JsonWebKey[];
}

/** Ordered keys: the first private one signs, all verify, and the asymmetric ones are published. */
export class SigningKeys {
  private readonly byId: ReadonlyMap<string, SigningKey>;
  /** The key that signs. */
  readonly current: SigningKey & { readonly privateKey: KeyObject };
  /** What is published. */
  readonly jwks: JwkSet;
  /** Strong entity tag of the JWK Set (RFC 9110 section 8.8.3). */
  readonly jwksEtag: string;

  /** @throws Error without a private key, with one `kid` twice, or where something private would be published */
  constructor(keys: readonly SigningKey[]) {
    const current = keys.find(isPrivate);
    if (!current) throw new Error('there is no private key to sign with');
    this.current = current;
    this.byId = new Map(keys.map((key) => [key.kid, key]));
    if (this.byId.size !== keys.length) throw new Error('a key id is given twice');
    this.jwks = { keys: keys.flatMap((key) => (key.publicJwk ? [key.publicJwk] : [])) };
    if (this.jwks.keys.some((jwk) => PRIVATE_MEMBERS.some((name) => name in jwk)))
      throw new Error('a private member would be published');
    this.jwksEtag = `"${createHash('sha256').update(JSON.stringify(this.jwks)).digest('base64url')}"`;
  }

  find(kid: string): SigningKey | undefined {
    return this.byId.get(kid);
  }

  /** Keeps keys out of logs that print what they are given. */
  toJSON(): { keyIds: string[] } {
    return { keyIds: [...this.byId.keys()] };
  }
}

function isPrivate(key: SigningKey): key is SigningKey & { readonly privateKey: KeyObject } {
  return key.privateKey !== null;
}
