import type { ExecutionContext } from '@nestjs/common';
import type { HttpRequest } from '../../../shared/http/request.js';
import { messageRequestOf } from './message-request.js';
import { handshakeOf } from './socket-handshake.js';

/** What the drivers of GraphQL put into their context: Apollo's and Mercurius's by Nest, Mercurius's own, and subscriptions over graphql-ws. */
interface GraphqlContext {
  readonly req?: HttpRequest;
  readonly request?: HttpRequest;
  readonly reply?: { readonly request?: HttpRequest };
  readonly extra?: { readonly request?: HttpRequest };
}

/**
 * The request behind a call of whatever kind: the HTTP request of a route or of a GraphQL operation, the handshake of the socket that a WebSocket message
 * came by, the headers of a message between services. Guards and decorators see all of them alike.
 */
export function requestOf(context: ExecutionContext): HttpRequest {
  switch (context.getType<string>()) {
    case 'graphql':
      return graphqlRequest(context.getArgByIndex<GraphqlContext | undefined>(2));
    case 'ws':
      return handshakeOf(context.switchToWs().getClient<object>());
    case 'rpc':
      return messageRequestOf(context.switchToRpc().getContext<object | undefined>());
    default:
      return context.switchToHttp().getRequest<HttpRequest>();
  }
}

/** Whether the request goes on after the call: a socket's handshake counts for all of its messages. */
export function outlivesCall(context: ExecutionContext): boolean {
  return context.getType<string>() === 'ws';
}

function graphqlRequest(context: GraphqlContext = {}): HttpRequest {
  const request = context.req ?? context.request ?? context.reply?.request ?? context.extra?.request;
  if (!request) throw new Error('The GraphQL context holds no request: have it return { req }.');
  return request;
}
