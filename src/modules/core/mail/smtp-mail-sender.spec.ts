import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { SMTPServer } from 'smtp-server';
import { SmtpMailSender } from './smtp-mail-sender.js';

const MESSAGE = {
  id: 'm1',
  to: 'ada@example.com',
  subject: 'Grüße',
  text: 'plain text\n',
  html: '<p>rich text</p>',
  template: 'welcome',
};

describe(SmtpMailSender.name, () => {
  const closing: (() => void)[] = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  it('hands a message to a mail server, both as text and as HTML', async () => {
    const received: { to: string[]; raw: string }[] = [];
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          received.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            raw: Buffer.concat(chunks).toString(),
          });
          done();
        });
      },
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.server.address() as AddressInfo;
    const sender = new SmtpMailSender({
      url: `smtp://127.0.0.1:${port}`,
      from: 'Castellan <no-reply@example.com>',
    });
    closing.push(
      () => sender.close(),
      () => void server.close(() => undefined),
    );
    await sender.send(MESSAGE);
    expect(received).toHaveLength(1);
    expect(received[0]?.to).toEqual(['ada@example.com']);
    expect(received[0]?.raw).toMatch(/^Message-ID: <m1@example.com>/m);
    expect(received[0]?.raw).toMatch(/text\/plain[\s\S]*plain text[\s\S]*text\/html[\s\S]*rich text/);
  });

  it('fails in time when the server says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as AddressInfo;
    const sender = new SmtpMailSender({
      url: `smtp://127.0.0.1:${port}`,
      from: 'a@example.com',
      timeoutMs: 100,
    });
    closing.push(
      () => sender.close(),
      () => silent.close(),
    );
    await expect(sender.send(MESSAGE)).rejects.toThrow();
  });
});
