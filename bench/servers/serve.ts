import type { Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { CastellanExpressAdapter } from '../../src/express/index.js';

/** A Nest application as `nest new` makes it, on the adapter of HTTP_ADAPTER; on Express, with the adapter that Castellan brings for it, floors and peers too. */
export async function serve(module: Type): Promise<void> {
  const adapter =
    process.env['HTTP_ADAPTER'] === 'fastify' ? new FastifyAdapter() : new CastellanExpressAdapter();
  const app = await NestFactory.create(module, adapter, { logger: ['error', 'warn'] });
  process.once('SIGTERM', () => process.exit(0));
  await app.listen(Number(process.env['PORT']), '127.0.0.1');
}
