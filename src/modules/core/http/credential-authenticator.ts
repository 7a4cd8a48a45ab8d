import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { andThen } from '../../../shared/at-once.js';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import { headerOf, type HttpRequest } from '../../../shared/http/request.js';
import { Traced } from '../../../shared/tracing/traced.js';
import { CoreErrors } from '../core.errors.js';
import {
  type Credential,
  CredentialResolver,
  ResolvesCredentials,
} from '../extension/credential-resolver.js';
import { discovered } from '../extension/discovered.js';
import type { Principal } from '../extension/principal.js';
import { TokenCookies } from './token-cookies.js';

/** RFC 6750 section 2.1 */
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;
/** Of the header; what is longer is no token of anybody's. */
const MAX_LENGTH = 8_300;

const AUTHORIZATION = 'authorization';

/** A credential that was accepted. */
export interface Authentication {
  readonly principal: Principal;
  readonly transport: Credential['transport'];
}

/**
 * The one way from a request to a principal: the bearer token of the Authorization header or, where there is no such header and the transport allows it,
 * the cookie. Never the query, never the body.
 */
@Injectable()
export class CredentialAuthenticator {
  private resolvers: readonly CredentialResolver[] | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly cookies: TokenCookies,
  ) {}

  /**
   * @throws core.unauthenticated where there is no credential, core.invalid_token where it is malformed or refused, and what a resolver throws (a store
   * that is down): whatever happens, nobody passes unknown.
   */
  @Traced('castellan.authenticate')
  authenticate(request: HttpRequest): Authentication | Promise<Authentication> {
    return this.ask(this.credentialOf(request), 0);
  }

  /** Whether there is anything to authenticate by, good or not. */
  isPresented(request: HttpRequest): boolean {
    return headerOf(request, AUTHORIZATION) !== undefined || Boolean(this.cookies.accessToken(request));
  }

  /** The resolvers from that one on. */
  private ask(credential: Credential, at: number): Authentication | Promise<Authentication> {
    this.resolvers ??= discovered(this.discovery, ResolvesCredentials, CredentialResolver);
    const resolver = this.resolvers[at];
    if (!resolver) throw new AuthError(CoreErrors.invalid_token);
    return andThen(resolver.resolve(credential), (resolution) => {
      if (resolution.outcome === 'not_mine') return this.ask(credential, at + 1);
      if (resolution.outcome === 'refused') throw new AuthError(CoreErrors.invalid_token);
      return { principal: resolution.principal, transport: credential.transport };
    });
  }

  private credentialOf(request: HttpRequest): Credential {
    const header = headerOf(request, AUTHORIZATION);
    if (header === undefined) {
      const token = this.cookies.accessToken(request);
      if (!token) throw new AuthError(GeneralErrors.unauthenticated);
      return { transport: 'cookie', token };
    }
    const token = header.length <= MAX_LENGTH ? BEARER.exec(header)?.[1] : undefined;
    if (token === undefined || authorizationHeaders(request) > 1)
      throw new AuthError(CoreErrors.invalid_token);
    return { transport: 'bearer', token };
  }
}

/** Node keeps the first of several Authorization headers and drops the rest; who sends two may mean either. */
function authorizationHeaders(request: HttpRequest): number {
  const source: { readonly rawHeaders?: unknown } = request.raw ?? request;
  if (!Array.isArray(source.rawHeaders)) return 1;
  let count = 0;
  // Names and values take turns; most names differ in their length already.
  for (let at = 0; at < source.rawHeaders.length; at += 2) {
    const name: unknown = source.rawHeaders[at];
    if (
      typeof name === 'string' &&
      name.length === AUTHORIZATION.length &&
      name.toLowerCase() === AUTHORIZATION
    )
      count += 1;
  }
  return count;
}
