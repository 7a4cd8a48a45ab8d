import type { DynamicModule, INestApplication, NestApplicationOptions } from '@nestjs/common';
import { HttpAdapterHost, NestFactory } from '@nestjs/core';
import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AllProblemsFilter, answerFrameworkError } from '../shared/errors/problem.filter.js';
import { translateDatabaseError } from '../shared/persistence/database-errors.js';
import { Storage } from '../shared/persistence/storage.js';
import { AppModule, type AppParts } from './app.module.js';
import { appUrlOf } from './core-options.js';
import { openDatabase } from './database.js';
import type { Env } from './env/env.js';
import { createLogger } from './logger.js';
import { PreviewMailboxes } from './mail-preview/preview-mailboxes.js';
import { createOpenApiDocument, serveDocs } from './openapi.js';

/** Largest body that is read; every request of the API fits many times. */
const BODY_LIMIT = 100 * 1024;

export interface StartedApp {
  readonly app: INestApplication;
  /** Where it answers from this machine. */
  readonly url: string;
  readonly database: string;
  readonly mode: Env['AUTH_MODE'];
  readonly docs: boolean;
  readonly preview: boolean;
}

/** Builds the app on the adapter that the environment names, without listening. */
export async function createApp(parts: AppParts): Promise<INestApplication> {
  const module = AppModule.forRoot(parts);
  const options: NestApplicationOptions = {
    logger: createLogger(parts.env),
    bodyParser: false,
    abortOnError: false,
  };
  const app =
    parts.env.HTTP_ADAPTER === 'fastify'
      ? await createFastify(module, options)
      : await createExpress(module, options);
  app.useGlobalFilters(new AllProblemsFilter(app.get(HttpAdapterHost), translateDatabaseError));
  if (parts.env.CORS_ORIGINS.length > 0) {
    app.enableCors({
      origin: [...parts.env.CORS_ORIGINS],
      credentials: true,
      exposedHeaders: ['Retry-After'],
      maxAge: 600,
    });
  }
  if (docsOn(parts.env)) serveDocs(app, createOpenApiDocument(app, appUrlOf(parts.env)));
  return app;
}

/** Opens the database, migrates it, and listens. SIGTERM and SIGINT stop it gently. */
export async function startApp(env: Env): Promise<StartedApp> {
  const database = await openDatabase(env);
  try {
    const previews = env.NODE_ENV === 'production' ? null : new PreviewMailboxes();
    const app = await createApp({ env, storage: database.storage, database: database.module, previews });
    if (env.DATABASE_MIGRATE) await app.get(Storage, { strict: false }).migrate();
    app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
    await app.listen(env.PORT, env.HOST);
    const url = `http://localhost:${portOf(app)}`;
    return {
      app,
      url,
      database: database.description,
      mode: env.AUTH_MODE,
      docs: docsOn(env),
      preview: previews !== null && !(env.SMTP_URL && env.SMS_WEBHOOK_URL),
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

async function createExpress(
  module: DynamicModule,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const { ExpressAdapter } = await import('@nestjs/platform-express');
  const app = await NestFactory.create<NestExpressApplication>(module, new ExpressAdapter(), options);
  app.disable('x-powered-by');
  app.useBodyParser('json', { limit: BODY_LIMIT });
  return app;
}

async function createFastify(
  module: DynamicModule,
  options: NestApplicationOptions,
): Promise<INestApplication> {
  const { FastifyAdapter } = await import('@nestjs/platform-fastify');
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    frameworkErrors: answerFrameworkError,
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  app.useBodyParser('application/json', { bodyLimit: BODY_LIMIT });
  return app;
}

function docsOn(env: Env): boolean {
  return env.DOCS ?? env.NODE_ENV !== 'production';
}

function portOf(app: INestApplication): number {
  const server = app.getHttpServer() as Server;
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
