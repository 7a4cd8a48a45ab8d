import type { IncomingMessage, Server, ServerResponse } from 'node:http';

const SWEEP_MS = 100;

/**
 * Lets a server that is being closed come to its end. Node leaves a kept-alive connection open that is busy at that moment, and a client that goes on asking
 * over it would hold the stop up for ever: from now on each answer is the last on its connection. Returns what ends the watch.
 */
export function letConnectionsEnd(server: Server): () => void {
  server.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    response.shouldKeepAlive = false;
  });
  const timer = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
  return () => clearInterval(timer);
}
