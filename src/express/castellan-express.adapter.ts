import type { EventEmitter } from 'node:events';
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import type { NestApplicationOptions } from '@nestjs/common';
import { ExpressAdapter } from '@nestjs/platform-express';

/** What of an Express application its requests and responses inherit from. */
interface Prototypes {
  request: object;
  response: object;
}

/**
 * Nest's Express adapter, on a server that makes its requests and responses with Express's prototypes. Express itself sets them on objects that exist already, by
 * which V8 keeps each of them until the next full collection: a small request costs Node.js 20 and 22 four times the CPU, Node.js 24 half as much again. In everything
 * else it is the `ExpressAdapter`.
 *
 *     const app = await NestFactory.create(AppModule, new CastellanExpressAdapter());
 */
export class CastellanExpressAdapter extends ExpressAdapter {
  override initHttpServer(options: NestApplicationOptions | undefined): void {
    const classes = messageClasses(this.getInstance<Prototypes>());
    if (options?.httpsOptions) {
      super.initHttpServer({ ...options, httpsOptions: { ...options.httpsOptions, ...classes } });
      return;
    }
    super.initHttpServer(options ?? {});
    this.httpServer = withListenersOf(this.httpServer, createServer(classes));
  }
}

/** Classes that inherit from an application's prototypes, and are those from now on: to set them again changes nothing. */
function messageClasses(app: Prototypes): {
  IncomingMessage: typeof IncomingMessage;
  ServerResponse: typeof ServerResponse;
} {
  class ExpressRequest extends IncomingMessage {}
  class ExpressResponse<Request extends IncomingMessage> extends ServerResponse<Request> {}
  Object.setPrototypeOf(ExpressRequest.prototype, app.request);
  Object.setPrototypeOf(ExpressResponse.prototype, app.response);
  app.request = ExpressRequest.prototype;
  app.response = ExpressResponse.prototype;
  return { IncomingMessage: ExpressRequest, ServerResponse: ExpressResponse };
}

/** What Nest, and Node for it, has put on a server that does not listen yet. */
function withListenersOf(old: Server, server: Server): Server {
  const events: EventEmitter = old;
  for (const event of events.eventNames()) {
    server.removeAllListeners(event);
    for (const listener of events.rawListeners(event))
      (server as EventEmitter).on(event, listener as () => void);
  }
  return server;
}
