import type { HttpRequest } from '../../../shared/http/request.js';

/** What the contexts of Nest's transports offer, each a part of it. */
interface MessageContext {
  /** TCP and Redis, from Nest 12 on: what the client's `setOnDispatchHook` has put there. */
  getMetadata?(): unknown;
  /** NATS: a map with `get`. */
  getHeaders?(): unknown;
  /** Kafka: `headers`. RabbitMQ: `properties.headers`. */
  getMessage?(): unknown;
  /** MQTT 5: `properties.userProperties`. */
  getPacket?(): unknown;
  /** gRPC: its Metadata itself is the context. */
  getMap?(): unknown;
}

const requests = new WeakMap<object, HttpRequest>();

/** A message between services as a request: its headers have the credential, as `authorization: Bearer …`; its payload is never looked at. */
export function messageRequestOf(context: object | undefined): HttpRequest {
  let request = context && requests.get(context);
  if (!request) {
    const authorization = context && authorizationOf(context);
    request = {
      headers: authorization === undefined ? {} : { authorization },
      method: 'POST',
      url: '/',
      // One message, one request.
      raw: context,
    };
    if (context) requests.set(context, request);
  }
  return request;
}

function authorizationOf(context: MessageContext): string | undefined {
  const message = context.getMessage?.();
  const sources = [
    context.getMetadata?.(),
    context.getHeaders?.(),
    member(message, 'headers'),
    member(member(message, 'properties'), 'headers'),
    member(member(context.getPacket?.(), 'properties'), 'userProperties'),
    context.getMap?.(),
  ];
  for (const source of sources) {
    const text = textOf(member(source, 'authorization') ?? member(source, 'Authorization'));
    if (text !== undefined) return text;
  }
  return undefined;
}

/** Of an object, or of what is read by `get`. */
function member(source: unknown, name: string): unknown {
  if (typeof source !== 'object' || source === null) return undefined;
  const get: unknown = Reflect.get(source, 'get');
  return typeof get === 'function'
    ? (Reflect.apply(get, source, [name]) as unknown)
    : Reflect.get(source, name);
}

/** Kafka's values are buffers. Whoever sends two means either. */
function textOf(value: unknown): string | undefined {
  if (Buffer.isBuffer(value)) return value.toString('utf8');
  return typeof value === 'string' && value !== '' ? value : undefined;
}
