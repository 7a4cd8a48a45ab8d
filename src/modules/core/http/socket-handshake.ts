import type { HttpRequest } from '../../../shared/http/request.js';

/** Node's request that opened a socket. */
type UpgradeRequest = Pick<HttpRequest, 'headers' | 'socket'> & { readonly url?: string };

/** What Socket.IO keeps of it. */
interface SocketIoClient {
  readonly request?: Partial<UpgradeRequest> & object;
  readonly handshake?: { readonly auth?: { readonly token?: unknown } };
}

/**
 * As `CONNECT` (RFC 8441): a socket that is opened may change things later, so that a cookie alone opens none from a page of another site, though Node
 * says GET.
 */
const METHOD = 'CONNECT';

const handshakes = new WeakMap<object, HttpRequest>();

/**
 * Tells the guards how a WebSocket was opened. For `@nestjs/platform-ws`, whose clients do not know: in the gateway's `handleConnection(client, request)`.
 * Again with `accessToken` where the client has sent a token in a message, as browsers have to that use no cookies, and where it has refreshed the one it
 * had. Socket.IO needs neither: its handshake, and the token in `auth: { token }`, are found.
 */
export function rememberHandshake(client: object, request: UpgradeRequest, accessToken?: string): void {
  handshakes.set(client, requestFrom(request, accessToken));
}

/** @throws Error where nobody has told, and it is no Socket.IO client */
export function handshakeOf(client: object): HttpRequest {
  const known = handshakes.get(client);
  if (known) return known;
  const { request, handshake }: SocketIoClient = client;
  if (!request?.headers)
    throw new Error('How the socket was opened is not known: call rememberHandshake in handleConnection.');
  const token = handshake?.auth?.token;
  const found = requestFrom(
    { url: request.url, headers: request.headers, socket: request.socket },
    token,
    request,
  );
  handshakes.set(client, found);
  return found;
}

function requestFrom(request: UpgradeRequest, accessToken: unknown, raw: object = request): HttpRequest {
  const credential = typeof accessToken === 'string' ? { authorization: `Bearer ${accessToken}` } : undefined;
  return {
    headers: { ...request.headers, ...credential },
    method: METHOD,
    url: request.url ?? '/',
    socket: request.socket,
    raw,
  };
}
