import type { ExecutionContext } from '@nestjs/common';
import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { Principal } from '../extension/principal.js';

const principals = new WeakMap<object, Principal>();

/** Express's request, or Node's own behind Fastify's: one key for middleware, guard and handler. */
function keyOf(request: HttpRequest): object {
  return request.raw ?? request;
}

export function setPrincipal(request: HttpRequest, principal: Principal): void {
  principals.set(keyOf(request), principal);
}

/** Who makes the request, once a guard has found out. */
export function principalOf(request: HttpRequest): Principal | undefined {
  return principals.get(keyOf(request));
}

const refusals = new WeakMap<object, AuthError>();

export function setRefusal(request: HttpRequest, refusal: AuthError): void {
  refusals.set(keyOf(request), refusal);
}

/** Why a request that a route of `@OptionalAuth()` let pass has no principal. */
export function refusalOf(request: HttpRequest): AuthError {
  return refusals.get(keyOf(request)) ?? new AuthError(GeneralErrors.unauthenticated);
}

/** The HTTP request of a route or, where a host runs GraphQL, of an operation. */
export function requestOf(context: ExecutionContext): HttpRequest {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<HttpRequest>();
  const { req } = context.getArgByIndex<{ req: HttpRequest }>(2);
  return req;
}
