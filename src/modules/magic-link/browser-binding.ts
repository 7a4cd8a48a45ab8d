import { Injectable } from '@nestjs/common';
import { randomToken, sha256 } from '../../shared/crypto/random.js';
import { parseCookies } from '../../shared/http/cookies.js';
import { headerOf, type HttpRequest } from '../../shared/http/request.js';
import { type HttpResponse, setCookies } from '../../shared/http/response.js';
import { ResolvedMagicLinkOptions } from './magic-link.options.js';

export const BROWSER_COOKIE = '__Host-castellan_magic_link';

/** 256 bits, base64url. */
const WELL_FORMED = /^[A-Za-z0-9_-]{43}$/;

/** Knows again the browser that asked for a link. Does nothing where links are not bound. */
@Injectable()
export class BrowserBinding {
  constructor(private readonly options: ResolvedMagicLinkOptions) {}

  /** Marks the browser, for the life of the link, and returns the hash that the link is bound to. */
  mark(request: HttpRequest, response: HttpResponse): string | null {
    if (!this.options.bindToBrowser) return null;
    // Kept where it is there already: another tab may wait for a link to another address.
    const value = this.read(request) ?? randomToken();
    setCookies(response, [
      { name: BROWSER_COOKIE, value, maxAgeSeconds: Math.ceil(this.options.ttlMs / 1000) },
    ]);
    return sha256(value);
  }

  /** The hash of the mark that the request carries. */
  of(request: HttpRequest): string | null {
    const value = this.read(request);
    return value === null ? null : sha256(value);
  }

  private read(request: HttpRequest): string | null {
    const value = parseCookies(headerOf(request, 'cookie')).get(BROWSER_COOKIE) ?? '';
    return WELL_FORMED.test(value) ? value : null;
  }
}
