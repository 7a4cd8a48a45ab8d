import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

export interface Received {
  readonly to: string;
  readonly subject: string;
  readonly messageId: string;
}

/** A mail server on one port of this machine that can be there, be away, or say nothing. */
export class SmtpSink {
  readonly received: Received[] = [];
  private server: SMTPServer | undefined;
  private silent: Server | undefined;
  private readonly sockets = new Set<Socket>();
  private port = 0;

  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** How often each address got something. */
  get perAddress(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { to } of this.received) counts[to] = (counts[to] ?? 0) + 1;
    return counts;
  }

  async up(): Promise<void> {
    await this.away();
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          const raw = Buffer.concat(chunks).toString('utf8');
          const header = (name: string): string =>
            new RegExp(`^${name}: (.*)$`, 'im').exec(raw)?.[1]?.trim() ?? '';
          for (const { address } of session.envelope.rcptTo)
            this.received.push({ to: address, subject: header('Subject'), messageId: header('Message-ID') });
          done();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Takes connections, and never says a word. */
  async hang(): Promise<void> {
    await this.away();
    const silent = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => silent.listen(this.port, '127.0.0.1', resolve));
    this.port = (silent.address() as AddressInfo).port;
    this.silent = silent;
  }

  async away(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
    const { server, silent } = this;
    this.server = undefined;
    this.silent = undefined;
    if (server) await new Promise<void>((resolve) => void server.close(() => resolve()));
    if (silent) await new Promise<void>((resolve) => void silent.close(() => resolve()));
  }
}
