import { createServer, type IncomingMessage, request, type RequestListener, type Server } from 'node:http';

/** A server on a free port of this machine; what answers is said once its address is known. */
export class LoopbackServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<LoopbackServer> {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return new LoopbackServer(server, `http://127.0.0.1:${address.port}`);
  }

  answerWith(listener: RequestListener): void {
    this.server.removeAllListeners('request');
    this.server.on('request', listener);
  }

  /** As a proxy in front of another server; what is public is known before that one starts. */
  forwardTo(origin: string): void {
    const { hostname, port } = new URL(origin);
    this.answerWith((incoming, response) => {
      const { method, url: path, headers } = incoming;
      const sent = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response);
      });
      sent.on('error', () => response.destroy());
      incoming.pipe(sent);
    });
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()));
    this.server.closeAllConnections();
    await closed;
  }
}

/** Fields of a form that was posted. */
export async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
