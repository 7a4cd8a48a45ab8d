import { Injectable } from '@nestjs/common';
import type { Cookie } from '../../../shared/http/cookies.js';
import { parseCookies } from '../../../shared/http/cookies.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import { type HttpResponse, setCookies } from '../../../shared/http/response.js';
import { Clock } from '../../../shared/time/clock.js';
import { ResolvedCoreOptions } from '../core.options.js';
import type { IssuedPair } from '../login/sign-in-result.js';

/** `__Host-` (RFC 6265bis 4.1.3.2): Secure, no Domain, Path=/. Browsers take them on http://localhost as well. */
export const ACCESS_COOKIE = '__Host-castellan_access';
export const REFRESH_COOKIE = '__Host-castellan_refresh';

/** The cookies that carry tokens. Where the transport is `bearer` none is set, read or missed. */
@Injectable()
export class TokenCookies {
  readonly enabled: boolean;

  constructor(
    private readonly clock: Clock,
    options: ResolvedCoreOptions,
  ) {
    this.enabled = options.session.transport !== 'bearer';
  }

  accessToken(request: HttpRequest): string | undefined {
    return this.read(request).get(ACCESS_COOKIE);
  }

  refreshToken(request: HttpRequest): string | undefined {
    return this.read(request).get(REFRESH_COOKIE);
  }

  set(response: HttpResponse, { pair, accessExpiresAt, refreshExpiresAt }: IssuedPair): void {
    if (!this.enabled) return;
    setCookies(response, [
      this.cookie(ACCESS_COOKIE, pair.accessToken, accessExpiresAt),
      this.cookie(REFRESH_COOKIE, pair.refreshToken, refreshExpiresAt),
    ]);
  }

  clear(response: HttpResponse): void {
    if (!this.enabled) return;
    setCookies(
      response,
      [ACCESS_COOKIE, REFRESH_COOKIE].map((name) => ({ name, value: '', maxAgeSeconds: 0 })),
    );
  }

  private read(request: HttpRequest): ReadonlyMap<string, string> {
    return this.enabled ? parseCookies(headerOf(request, 'cookie')) : new Map();
  }

  private cookie(name: string, value: string, expiresAt: Date): Cookie {
    return {
      name,
      value,
      maxAgeSeconds: Math.max(0, Math.round((expiresAt.getTime() - this.clock.now().getTime()) / 1000)),
    };
  }
}
