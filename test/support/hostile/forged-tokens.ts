import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { Attack } from './attacks.js';

const LIFETIME_SECONDS = 300;
const EVIL_ISSUER = 'https://evil.example';

export interface IdTokenRequest {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sub: string;
  readonly nonce: string | null;
  readonly claims: Readonly<Record<string, unknown>>;
}

// One pair for all providers of a test: making them takes long.
const PUBLISHED = generateKeyPairSync('rsa', { modulusLength: 2048 });
const UNPUBLISHED = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Makes ID tokens, right ones and every wrong one. */
export class ForgedTokens {
  get jwks(): object {
    const jwk = PUBLISHED.publicKey.export({ format: 'jwk' });
    return { keys: [{ ...jwk, kid: 'k1', alg: 'RS256', use: 'sig' }] };
  }

  idToken(request: IdTokenRequest, attacks: ReadonlySet<Attack>): string {
    return this.sign(claimsOf(request, attacks), request, attacks);
  }

  private sign(claims: object, { clientSecret }: IdTokenRequest, attacks: ReadonlySet<Attack>): string {
    if (attacks.has('alg_none')) return `${encode({ alg: 'none' })}.${encode(claims)}.`;
    if (attacks.has('alg_hs256_public_key')) {
      const pem = PUBLISHED.publicKey.export({ format: 'pem', type: 'spki' }).toString();
      return hmac({ alg: 'HS256', kid: 'k1' }, claims, pem);
    }
    if (attacks.has('alg_hs256_client_secret')) return hmac({ alg: 'HS256' }, claims, clientSecret);
    if (attacks.has('unknown_kid')) return rs256('k-unknown', claims, UNPUBLISHED.privateKey);
    const forged = attacks.has('forged_signature');
    return rs256('k1', claims, (forged ? UNPUBLISHED : PUBLISHED).privateKey);
  }
}

function claimsOf(
  { issuer, clientId, sub, nonce, claims }: IdTokenRequest,
  attacks: ReadonlySet<Attack>,
): object {
  const now = Math.floor(Date.now() / 1000);
  const has = (attack: Attack): boolean => attacks.has(attack);
  const iat = has('expired') ? now - 7200 : has('issued_in_future') ? now + 7200 : now;
  return {
    ...claims,
    iss: has('wrong_iss') ? EVIL_ISSUER : issuer,
    aud: has('wrong_aud') ? 'somebody-else' : has('wrong_azp') ? [clientId, 'somebody-else'] : clientId,
    ...(has('wrong_azp') ? { azp: 'somebody-else' } : {}),
    ...(has('missing_sub') ? {} : { sub }),
    iat,
    ...(has('issued_in_future') ? { nbf: iat } : {}),
    ...(has('missing_exp') ? {} : { exp: iat + LIFETIME_SECONDS }),
    ...(nonce === null || has('missing_nonce') ? {} : { nonce: has('wrong_nonce') ? `${nonce}x` : nonce }),
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function rs256(kid: string, claims: object, key: KeyObject): string {
  const input = `${encode({ alg: 'RS256', kid })}.${encode(claims)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
}

function hmac(header: object, claims: object, secret: string): string {
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}
