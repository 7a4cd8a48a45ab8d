import { once } from 'node:events';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { type AddressInfo, connect, createServer } from 'node:net';
import { Controller, Get, type INestApplication, Module, Req } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterEach, describe, expect, it } from '@jest/globals';
import express, { type Request, type Response } from 'express';
import { CastellanExpressAdapter } from './index.js';

@Controller()
class HelloController {
  @Get('hello')
  hello(@Req() request: Request): object {
    return { accepts: request.get('accept'), secure: request.secure, ip: request.ip };
  }
}

@Module({ controllers: [HelloController] })
class HelloModule {}

let app: INestApplication<Server> | undefined;
afterEach(async () => app?.close());

async function start(
  adapter: CastellanExpressAdapter,
  options: object = {},
): Promise<{ url: string; server: Server }> {
  app = await NestFactory.create<INestApplication<Server>>(HelloModule, adapter, {
    logger: false,
    ...options,
  });
  await app.listen(0, '127.0.0.1');
  const server = app.getHttpServer();
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('CastellanExpressAdapter', () => {
  it('makes requests and responses with the prototypes that Express would give them', async () => {
    const instance = express();
    const { url, server } = await start(new CastellanExpressAdapter(instance));
    const seen: unknown[] = [];
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) =>
      seen.push(Object.getPrototypeOf(request), Object.getPrototypeOf(response)),
    );
    expect((await fetch(`${url}/hello`)).status).toBe(200);
    expect(seen).toEqual([instance.request, instance.response]);
    expect(seen[0]).toBe(instance.request);
  });

  it('leaves what Express adds to them, and its settings, as they are', async () => {
    const instance = express().set('trust proxy', 1);
    instance.get(
      '/own',
      (_request: Request, response: Response) => void response.status(201).json({ own: true }),
    );
    const { url } = await start(new CastellanExpressAdapter(instance));
    const headers = { accept: 'x/y', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-proto': 'https' };
    expect(await (await fetch(`${url}/hello`, { headers })).json()).toEqual({
      accepts: 'x/y',
      secure: true,
      ip: '192.0.2.1',
    });
    expect((await fetch(`${url}/own`)).status).toBe(201);
  });

  it('serves an application that is mounted in its own', async () => {
    const inner = express();
    inner.get(
      '/hello',
      (request: Request, response: Response) => void response.json({ base: request.baseUrl }),
    );
    const { url } = await start(new CastellanExpressAdapter(express().use('/inner', inner)));
    expect(await (await fetch(`${url}/inner/hello`)).json()).toEqual({ base: '/inner' });
    expect((await fetch(`${url}/hello`)).status).toBe(200);
  });

  it('ends open connections with the application, where Nest is told to', async () => {
    const { url } = await start(new CastellanExpressAdapter(), { forceCloseConnections: true });
    const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1' });
    await once(socket, 'connect');
    const closed = once(socket, 'close');
    socket.resume();
    await app?.close();
    await closed;
  });

  it('does the same over HTTPS', async () => {
    const instance = express();
    instance.get('/hello', (_request: Request, response: Response) => void response.json({ hello: 'world' }));
    const adapter = new CastellanExpressAdapter(instance);
    adapter.initHttpServer({ httpsOptions: { ciphers: 'HIGH' } });
    const secure = adapter.getHttpServer();
    const seen: unknown[] = [];
    secure.prependListener('request', (request: IncomingMessage) =>
      seen.push(Object.getPrototypeOf(request)),
    );
    // What comes out of a handshake, without one: no certificate is needed.
    const plain = createServer((socket) => void secure.emit('secureConnection', socket)).listen(
      0,
      '127.0.0.1',
    );
    await once(plain, 'listening');
    const answer = await fetch(`http://127.0.0.1:${(plain.address() as AddressInfo).port}/hello`, {
      headers: { connection: 'close' },
    });
    expect(await answer.json()).toEqual({ hello: 'world' });
    expect(seen).toEqual([instance.request]);
    expect(seen[0]).toBe(instance.request);
    plain.close();
  });
});
