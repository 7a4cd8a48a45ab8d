import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '../../shared/crypto/random.js';
import { type MintedPair, MintsTokens, TokenMinter } from '../core/index.js';

/** base64url of 32 bytes. */
const OPAQUE_TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Whether a text has the form of this mode's tokens; without a query. */
export function isOpaqueToken(token: string): boolean {
  return OPAQUE_TOKEN.test(token);
}

/** Both tokens are 256 random bits and stand for a row. */
@Injectable()
@MintsTokens(true)
export class OpaqueTokenMinter extends TokenMinter {
  readonly mode = 'session';

  override mint(): MintedPair {
    const accessToken = randomToken();
    return { accessToken, accessTokenHash: sha256(accessToken), refreshToken: randomToken() };
  }

  override acceptsRefreshToken(token: string): boolean {
    return isOpaqueToken(token);
  }
}
