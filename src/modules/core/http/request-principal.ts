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

/** Nobody, as far as is known now: for a socket, whose credential is checked at every message. */
export function forgetPrincipal(request: HttpRequest): void {
  principals.delete(keyOf(request));
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
