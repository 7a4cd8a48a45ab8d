import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { OutboundError, requestOutbound } from './outbound-request.js';
import { isPrivateAddress } from './private-addresses.js';

const ANYWHERE = { allowHttp: true, allowPrivateAddresses: true };
const PUBLIC = { allowHttp: false, allowPrivateAddresses: false };

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function serve(listener: RequestListener): Promise<string> {
  const started = createServer(listener);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  return `http://127.0.0.1:${String(address && typeof address === 'object' ? address.port : 0)}`;
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}

describe('a request to another server', () => {
  it('sends a form and reads the answer', async () => {
    const url = await serve((request, response) => {
      void textOf(request).then((body) => {
        response.writeHead(201, { 'content-type': 'application/json' });
        response.end(
          JSON.stringify({
            body,
            type: request.headers['content-type'],
            agent: request.headers['user-agent'],
          }),
        );
      });
    });
    const answer = await requestOutbound(
      url,
      { method: 'POST', body: new URLSearchParams({ code: 'a b' }), headers: { 'user-agent': 'test' } },
      ANYWHERE,
    );
    expect(answer.status).toBe(201);
    expect(await answer.json()).toEqual({
      body: 'code=a+b',
      type: 'application/x-www-form-urlencoded',
      agent: 'test',
    });
  });

  it('follows no redirect', async () => {
    let asked = 0;
    const url = await serve((_request, response) => {
      asked += 1;
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    expect((await requestOutbound(url, {}, ANYWHERE)).status).toBe(302);
    expect(asked).toBe(1);
  });

  it('gives up on an answer that is too large or too slow', async () => {
    const url = await serve((request, response) => {
      if (request.url === '/slow') return;
      response.write('x'.repeat(2_000));
    });
    await expect(requestOutbound(`${url}/large`, {}, ANYWHERE, { maxBytes: 1_000 })).rejects.toThrow(
      'too large',
    );
    await expect(requestOutbound(`${url}/slow`, {}, ANYWHERE, { timeoutMs: 50 })).rejects.toThrow(
      'within 50 ms',
    );
  });

  it('reaches neither private addresses nor plain http unless it may', async () => {
    const url = await serve((_request, response) => response.end('inside'));
    const port = new URL(url).port;
    const httpOnly = { allowHttp: true, allowPrivateAddresses: false };
    for (const target of [
      url,
      `http://localhost:${port}`,
      `http://[::1]:${port}`,
      `http://[::ffff:127.0.0.1]:${port}`,
    ])
      await expect(requestOutbound(target, {}, httpOnly)).rejects.toThrow(OutboundError);
    await expect(requestOutbound(url, {}, PUBLIC)).rejects.toThrow('not at https');
    await expect(requestOutbound('file:///etc/passwd', {}, ANYWHERE)).rejects.toThrow(OutboundError);
    await expect(requestOutbound('nonsense', {}, ANYWHERE)).rejects.toThrow('no URL');
  });

  it('says so where nobody listens', async () => {
    await expect(requestOutbound('http://127.0.0.1:1', {}, ANYWHERE)).rejects.toThrow('could not be reached');
  });
});

describe('an address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '169.254.169.254',
    '192.168.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fe80::1',
    'fd00::1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    'host',
  ])('is private: %s', (address) => expect(isPrivateAddress(address)).toBe(true));
  it.each(['8.8.8.8', '140.82.121.4', '2606:50c0:8000::153'])('is public: %s', (address) =>
    expect(isPrivateAddress(address)).toBe(false),
  );
});
