import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const SWEEP_MS = 100;

/**
 * Lets a server come to its end: from now on it takes no new connection, and each answer is the last on its connection. Node leaves a kept-alive connection
 * open that is busy at that moment, and a client that goes on asking over it would hold the stop up for ever. Returns what ends the watch.
 */
export function letConnectionsEnd(server: Server): () => void {
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  const timer = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  const ended = new Promise<void>((resolve) => void server.close(() => resolve()));
  // Nest closes it once more when the background work has stopped, and would be told that it is closed while requests are still in flight.
  server.close = (callback) => {
    void ended.then(() => callback?.());
    return server;
  };
  return () => clearInterval(timer);
}
