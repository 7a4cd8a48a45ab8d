import { Injectable } from '@nestjs/common';
import { constantTimeEqual, randomToken, sha256 } from '../../../shared/crypto/random.js';
import { parseCookies } from '../../../shared/http/cookies.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import { type HttpResponse, setCookies } from '../../../shared/http/response.js';
import { ResolvedCoreOptions } from '../../core/index.js';
import { FLOW_LIFETIMES_MS } from './flow.js';

const SECRET = /^[\w-]{43}$/;
/** A flow that ends in its last moment leaves time for the exchange. */
const MAX_AGE_SECONDS = (FLOW_LIFETIMES_MS.oauth_state + FLOW_LIFETIMES_MS.oauth_exchange) / 1000;

/**
 * A cookie that tells one browser from another, so that nobody can end a sign-in that somebody else began (RFC 6819 section 4.4.1.8). It outlives a
 * flow, since several may be open in the tabs of one browser. `SameSite=Lax` comes along when a provider sends the browser back by GET.
 */
@Injectable()
export class BrowserBinding {
  private readonly secure: boolean;
  readonly cookieName: string;

  constructor({ appUrl }: ResolvedCoreOptions) {
    this.secure = appUrl.startsWith('https://');
    // Without TLS, in development, no browser takes the prefix everywhere.
    this.cookieName = this.secure ? '__Host-castellan_oauth' : 'castellan_oauth';
  }

  /** Hash of the browser's secret; a browser that has none is given one. */
  bind(request: HttpRequest, response: HttpResponse): string {
    const secret = this.read(request) ?? randomToken();
    setCookies(response, [
      { name: this.cookieName, value: secret, secure: this.secure, maxAgeSeconds: MAX_AGE_SECONDS },
    ]);
    return sha256(secret);
  }

  /** Hash of the secret that the browser sent; `null` where it sent none. */
  of(request: HttpRequest): string | null {
    const secret = this.read(request);
    return secret === undefined ? null : sha256(secret);
  }

  private read(request: HttpRequest): string | undefined {
    const secret = parseCookies(headerOf(request, 'cookie')).get(this.cookieName);
    return secret !== undefined && SECRET.test(secret) ? secret : undefined;
  }
}

/** Whether a challenge (RFC 7636, S256) was made of the verifier. */
export function matchesChallenge(challenge: string, verifier: string | undefined): boolean {
  if (verifier === undefined) return false;
  return constantTimeEqual(Buffer.from(sha256(verifier), 'hex').toString('base64url'), challenge);
}
