import { AuthError } from '../../../shared/errors/auth-error.js';
import { GeneralErrors } from '../../../shared/errors/general.errors.js';
import type { HttpRequest } from '../../../shared/http/request.js';
import type { Principal } from '../extension/principal.js';

const PRINCIPAL = Symbol('castellan.principal');
const REFUSAL = Symbol('castellan.refusal');

/** Kept on the request itself: an entry of a WeakMap for each would cost the garbage collector more than the rest of a check. */
interface Carrier {
  [PRINCIPAL]?: Principal | undefined;
  [REFUSAL]?: AuthError;
}

/** Express's request, or Node's own behind Fastify's: one for middleware, guard and handler. */
function carrierOf(request: HttpRequest): Carrier {
  return request.raw ?? request;
}

export function setPrincipal(request: HttpRequest, principal: Principal): void {
  carrierOf(request)[PRINCIPAL] = principal;
}

/** Nobody, as far as is known now: for a socket, whose credential is checked at every message. */
export function forgetPrincipal(request: HttpRequest): void {
  carrierOf(request)[PRINCIPAL] = undefined;
}

/** Who makes the request, once a guard has found out. */
export function principalOf(request: HttpRequest): Principal | undefined {
  return carrierOf(request)[PRINCIPAL];
}

export function setRefusal(request: HttpRequest, refusal: AuthError): void {
  carrierOf(request)[REFUSAL] = refusal;
}

/** Why a request that a route of `@OptionalAuth()` let pass has no principal. */
export function refusalOf(request: HttpRequest): AuthError {
  return carrierOf(request)[REFUSAL] ?? new AuthError(GeneralErrors.unauthenticated);
}
