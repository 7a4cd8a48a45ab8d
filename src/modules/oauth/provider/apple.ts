import { createPrivateKey } from 'node:crypto';
import { JwtSigner, signingKeyOf } from '../../core/index.js';
import { isTrue, memberOf, textOf } from './claims.js';
import type { ClientSecret, OidcProvider } from './oauth-provider.js';

export interface AppleOptions {
  /** The Services ID. */
  readonly clientId: string;
  readonly teamId: string;
  readonly keyId: string;
  /** The `.p8` file's text, PKCS #8 PEM. */
  readonly privateKey: string;
  /** @default ['openid', 'email', 'name'] */
  readonly scopes?: readonly string[];
}

const ISSUER = 'https://appleid.apple.com';

/** Sign in with Apple. The client secret is a JWT that is signed here; the name comes once, with the first sign-in, unsigned. */
export function apple(options: AppleOptions): OidcProvider {
  return {
    kind: 'oidc',
    id: 'apple',
    name: 'Apple',
    issuer: ISSUER,
    clientId: options.clientId,
    clientSecret: appleClientSecret(options),
    clientAuthentication: 'client_secret_post',
    scopes: options.scopes ?? ['openid', 'email', 'name'],
    // Apple insists on it where name or email are asked for.
    formPost: true,
    userInfo: false,
    profileOf: (claims, form) => ({
      subject: claims.sub,
      email: textOf(claims, 'email'),
      emailVerified: isTrue(claims['email_verified']),
      ...nameOf(form['user']),
    }),
  };
}

function nameOf(user: string | undefined): { firstName: string | null; lastName: string | null } {
  const name = memberOf(parse(user), 'name');
  return { firstName: textOf(name, 'firstName'), lastName: textOf(name, 'lastName') };
}

function parse(text: string | undefined): unknown {
  try {
    return text === undefined ? null : (JSON.parse(text) as unknown);
  } catch {
    return null;
  }
}

/** Seconds; Apple takes up to six months, but a short life costs only a signature. */
const LIFETIME = 3_600;
const RENEWED_BEFORE = 300;

/** An ES256 JWT, made anew five minutes before the last one ends. @throws Error for a key that is no P-256 key */
export function appleClientSecret({ clientId, teamId, keyId, privateKey }: AppleOptions): ClientSecret {
  const key = signingKeyOf(createPrivateKey(privateKey), { kid: keyId });
  if (key.algorithm !== 'ES256') throw new Error('apple: the private key has to be a P-256 key.');
  const signer = new JwtSigner(key);
  let made: { readonly secret: string; readonly exp: number } | undefined;
  return (now) => {
    const iat = Math.floor(now.getTime() / 1000);
    if (!made || iat >= made.exp - RENEWED_BEFORE || iat < made.exp - LIFETIME) {
      const exp = iat + LIFETIME;
      made = {
        exp,
        secret: signer.sign({ iss: teamId, iat, exp, aud: ISSUER, sub: clientId }, { typ: 'JWT' }),
      };
    }
    return made.secret;
  };
}
