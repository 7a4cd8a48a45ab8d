import { once } from 'node:events';
import { SMTPServer } from 'smtp-server';

/** Takes all mail and keeps none. */
export class MailSink {
  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async open(): Promise<MailSink> {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData: (stream, _session, done) => {
        stream.resume();
        stream.once('end', () => done());
      },
    });
    server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    const address = server.server.address();
    if (typeof address !== 'object' || !address) throw new Error('No port is free.');
    return new MailSink(server, `smtp://127.0.0.1:${address.port}`);
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}
