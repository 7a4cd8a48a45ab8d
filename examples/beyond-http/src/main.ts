import 'reflect-metadata';
import { randomBytes } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { WsAdapter } from '@nestjs/platform-ws';
import { generateSigningKey, KeyRing, signingKeyOf, SigningKeys } from '../../../src/index.js';
import { BeyondHttpModule } from './app.module.js';

const port = Number(process.env['PORT'] ?? 3000);
const messagePort = Number(process.env['MESSAGE_PORT'] ?? 3001);

const module = BeyondHttpModule.forRoot(process.env['AUTH_MODE'] === 'stateless' ? 'stateless' : 'session', {
  appUrl: `http://localhost:${port}`,
  // An example keeps nothing: neither accounts nor keys.
  secrets: KeyRing.parse(`k1:${randomBytes(32).toString('base64')}`),
  signingKeys: new SigningKeys([signingKeyOf(generateSigningKey('ES256'))]),
  session: { transport: 'both' },
});
const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
  logger: ['warn', 'error'],
});
app.useWebSocketAdapter(new WsAdapter(app));
app.connectMicroservice<MicroserviceOptions>({
  transport: Transport.TCP,
  options: { host: '127.0.0.1', port: messagePort },
});
await app.startAllMicroservices();
await app.listen(port, '127.0.0.1');
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.once(signal, () => void app.close().then(() => process.exit(0)));
process.stdout.write(`Notes: listens on ${await app.getUrl()}; messages on port ${messagePort}.\n`);
