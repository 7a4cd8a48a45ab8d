import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
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
const BEARER = /^Bearer +([A-Za-z0-9\-._~+/]{1,8192}=*) *$/i;

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
  async authenticate(request: HttpRequest): Promise<Authentication> {
    const credential = this.credentialOf(request);
    this.resolvers ??= discovered(this.discovery, ResolvesCredentials, CredentialResolver);
    for (const resolver of this.resolvers) {
      const resolution = await resolver.resolve(credential);
      if (resolution.outcome === 'resolved')
        return { principal: resolution.principal, transport: credential.transport };
      if (resolution.outcome === 'refused') break;
    }
    throw new AuthError(CoreErrors.invalid_token);
  }

  private credentialOf(request: HttpRequest): Credential {
    const header = headerOf(request, AUTHORIZATION);
    if (header === undefined) {
      const token = this.cookies.accessToken(request);
      if (!token) throw new AuthError(GeneralErrors.unauthenticated);
      return { transport: 'cookie', token };
    }
    const token = BEARER.exec(header)?.[1];
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
