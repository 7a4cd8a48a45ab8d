import { Injectable } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import { ResolvedCoreOptions } from '../core.options.js';
import { TokenCookies } from './token-cookies.js';

/** RFC 9110 section 9.2.1 */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a state-changing request may count on its cookies, or set some. A browser says where a request comes from; it has to be the same origin, or
 * one of `appUrl` and `corsOrigins`. Who sends a cookie and says nothing is refused. Requests that neither carry our cookies nor come from a browser
 * pass, and so does everything where no cookies are in use.
 */
@Injectable()
export class CsrfPolicy {
  private readonly origins: ReadonlySet<string>;

  constructor(
    private readonly cookies: TokenCookies,
    options: ResolvedCoreOptions,
  ) {
    this.origins = new Set([new URL(options.appUrl).origin, ...options.corsOrigins]);
  }

  /** @throws core.csrf */
  assertAllowed(request: HttpRequest): void {
    if (!this.cookies.enabled || SAFE_METHODS.has(request.method) || this.isAllowed(request)) return;
    throw new AuthError(GeneralErrors.csrf);
  }

  private isAllowed(request: HttpRequest): boolean {
    const site = headerOf(request, 'sec-fetch-site');
    if (site === 'same-origin') return true;
    const origin = headerOf(request, 'origin');
    if (origin !== undefined && this.origins.has(origin)) return true;
    const carriesCookie =
      (this.cookies.accessToken(request) ?? this.cookies.refreshToken(request)) !== undefined;
    if (carriesCookie) return false;
    // Without a cookie of ours the danger is a login that is forged; a header of its own shows a script that CORS has let through.
    const fromBrowser = site !== undefined || origin !== undefined;
    return !fromBrowser || headerOf(request, 'authorization') !== undefined;
  }
}
