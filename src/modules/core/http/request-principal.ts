import type { ExecutionContext } from '@nestjs/common';
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

/** The HTTP request of a route or, where a host runs GraphQL, of an operation. */
export function requestOf(context: ExecutionContext): HttpRequest {
  if (context.getType<string>() !== 'graphql') return context.switchToHttp().getRequest<HttpRequest>();
  const { req } = context.getArgByIndex<{ req: HttpRequest }>(2);
  return req;
}
