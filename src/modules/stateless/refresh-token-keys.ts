import type { KeyRing } from '../../shared/crypto/key-ring.js';
import { JwtSigner, type VerificationKeys } from '../core/index.js';

/** Purpose of the keys that only Castellan reads refresh tokens with. */
const PURPOSE = 'stateless.refresh_token';

/** HMAC keys of refresh tokens, derived from the deployment's secrets: the first signs, all verify. */
export class RefreshTokenKeys implements VerificationKeys {
  readonly signer: JwtSigner;
  private readonly keys: ReturnType<KeyRing['verificationKeys']>;

  constructor(secrets: KeyRing) {
    const { id, key } = secrets.signingKey(PURPOSE);
    this.signer = new JwtSigner({ kid: id, algorithm: 'HS256', privateKey: key });
    this.keys = secrets.verificationKeys(PURPOSE);
  }

  find(kid: string): ReturnType<VerificationKeys['find']> {
    const verificationKey = this.keys.get(kid);
    return verificationKey && { algorithm: 'HS256', verificationKey };
  }
}
