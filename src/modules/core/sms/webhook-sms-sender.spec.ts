import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { WebhookSmsSender } from './webhook-sms-sender.js';

const SECRET = Buffer.from('a secret of the gateway, 32 bytes');
const MESSAGE = { id: 'm1', to: '+4915112345678', text: '123456 is your code.', purpose: 'verify_phone' };

describe(WebhookSmsSender.name, () => {
  let server: Server;
  afterEach(() => {
    server.close();
  });

  async function gateway(
    status: number,
  ): Promise<{ url: string; requests: { request: IncomingMessage; body: string }[] }> {
    const requests: { request: IncomingMessage; body: string }[] = [];
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        requests.push({ request, body });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sms`, requests };
  }

  it('posts the message, signed', async () => {
    const { url, requests } = await gateway(204);
    await new WebhookSmsSender({ url, secret: SECRET }).send(MESSAGE);
    const [first] = requests;
    expect(JSON.parse(first?.body ?? '')).toEqual({
      to: MESSAGE.to,
      text: MESSAGE.text,
      purpose: MESSAGE.purpose,
    });
    const headers = first?.request.headers ?? {};
    const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${first?.body ?? ''}`;
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', SECRET).update(signed).digest('base64')}`,
    );
  });

  it('fails where the gateway refuses, so that the outbox tries again', async () => {
    const { url } = await gateway(500);
    await expect(new WebhookSmsSender({ url, secret: SECRET }).send(MESSAGE)).rejects.toThrow('500');
  });
});
